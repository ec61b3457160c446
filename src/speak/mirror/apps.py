"""Tells Django about the mirror. It has no models."""

from importlib import import_module

from django.apps import AppConfig


class MirrorConfig(AppConfig):
    """Seeing one's own conversation."""

    name = "speak.mirror"
    label = "mirror"

    def ready(self) -> None:
        """Listen to what happens."""
        import_module("speak.mirror.handlers")
