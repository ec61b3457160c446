"""Tells Django about voice."""

from importlib import import_module

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """What is said."""

    name = "speak.voice"
    label = "voice"

    def ready(self) -> None:
        """Listen to what happens."""
        import_module("speak.voice.handlers")
