"""Tells Django about federation."""

from importlib import import_module

from django.apps import AppConfig


class FederationConfig(AppConfig):
    """Other servers."""

    name = "speak.federation"
    label = "federation"

    def ready(self) -> None:
        """Listen to what happens."""
        import_module("speak.federation.handlers")
