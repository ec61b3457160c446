"""Tells Django about the operations package."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Running it."""

    name = "speak.operations"
    label = "operations"
