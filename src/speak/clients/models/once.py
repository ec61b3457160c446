"""What was asked for once, so that asking twice does it once."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock


class AskedOnce(models.Model):
    """A key with which an app asked for a post to be said; kept for a day."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    post_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "key"], name="one_post_per_key")]

    def __str__(self) -> str:
        """Which post it made."""
        return f"{self.key} of {self.actor_id}: {self.post_id}"
