"""Tells Django about safety."""

from importlib import import_module

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Reports to named people, and limits."""

    name = "speak.safety"
    label = "safety"

    def ready(self) -> None:
        """Listen to what happens."""
        import_module("speak.safety.handlers")
