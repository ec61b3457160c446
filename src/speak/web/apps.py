"""Tells Django about our pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Our own pages."""

    name = "speak.web"
    label = "web"
