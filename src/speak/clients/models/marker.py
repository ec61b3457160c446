"""How far somebody has read."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock


class Marker(models.Model):
    """Where somebody was in a timeline, so that their other apps go on from there. For them alone."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    timeline = models.CharField(max_length=20)
    last_read_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "timeline"], name="one_marker_per_timeline")]

    def __str__(self) -> str:
        """Where."""
        return f"{self.actor_id} in {self.timeline}: {self.last_read_id}"
