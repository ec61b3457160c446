"""Tells Django about clients."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Other people's apps."""

    name = "speak.clients"
    label = "clients"
