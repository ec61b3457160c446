"""Everything that somebody said, in one file to take along."""

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock


class TakeAlong(models.Model):
    """Asked for by one person, made in the background, thrown away after a week."""

    owner = models.OneToOneField(Actor, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Whose it is."""
        return f"all of {self.owner_id}"
