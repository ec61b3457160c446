"""Tells Django about identity."""

from importlib import import_module

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Who people are."""

    name = "speak.identity"
    label = "identity"

    def ready(self) -> None:
        """Listen to what happens."""
        import_module("speak.identity.handlers")
