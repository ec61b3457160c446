"""Posts that were taken back before they arrived."""

import datetime as dt
from typing import ClassVar

from django.db import models

from speak.kernel import clock

TOMBSTONE_LIFE = dt.timedelta(days=14)


class Tombstone(models.Model):
    """A post of another server that its author withdrew before it came here; it stays out for two weeks."""

    uri = models.CharField(max_length=2048)
    actor_uri = models.CharField(max_length=2048)
    withdrawn_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["uri", "actor_uri"], name="one_tombstone_per_post")]

    def __str__(self) -> str:
        """What was withdrawn."""
        return self.uri
