"""Tells Django about rooms."""

from importlib import import_module

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    """Where people practise and talk."""

    name = "speak.rooms"
    label = "rooms"

    def ready(self) -> None:
        """Listen to what happens, and answer voice when it asks who is in a room."""
        import_module("speak.rooms.handlers")
