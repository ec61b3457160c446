"""What somebody keeps about others, for themselves alone."""

from typing import ClassVar

from django.db import models

from speak.identity.models.actor import Actor
from speak.kernel import clock


class Note(models.Model):
    """A few words about somebody, that only their owner sees."""

    owner = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    about = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "about"], name="one_note_per_pair")]

    def __str__(self) -> str:
        """About whom, and whose."""
        return f"{self.owner_id} about {self.about_id}"


class ServerBlock(models.Model):
    """Nobody of another server is brought before its owner any more."""

    owner = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    domain = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "domain"], name="one_block_per_server")]

    def __str__(self) -> str:
        """Who blocks which."""
        return f"{self.owner_id} x {self.domain}"
