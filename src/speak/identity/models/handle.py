"""Handles that were."""

from django.db import models

from speak.identity.models.actor import Actor
from speak.kernel import clock


class FormerHandle(models.Model):
    """A handle somebody here had before; it goes on resolving to them and is nobody else's."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="former_handles")
    handle_key = models.CharField(max_length=128, unique=True)
    left_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        """The handle."""
        return self.handle_key
