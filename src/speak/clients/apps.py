"""Tells Django about clients."""

from importlib import import_module

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Other people's apps."""

    name = "speak.clients"
    label = "clients"

    def ready(self) -> None:
        """Listen to what happens."""
        import_module("speak.clients.handlers")
