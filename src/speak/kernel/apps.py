"""Tells Django about the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The ground: errors, events, later work, the outbound door, files, time, ids."""

    name = "speak.kernel"
    label = "kernel"
