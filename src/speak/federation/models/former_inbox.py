"""An inbox that may hold copies of what somebody here said, though it is not sent any more."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock


class FormerInbox(models.Model):
    """Where a follower, or somebody who was called by name, used to be: what is withdrawn is withdrawn there too."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+", help_text="whose words they are")
    inbox_url = models.CharField(max_length=2048)
    about_uri = models.CharField(max_length=2048, blank=True, help_text="only this post; empty: all up to then")
    left_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural: ClassVar = "former inboxes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "inbox_url", "about_uri"], name="one_former_inbox_each"),
        ]

    def __str__(self) -> str:
        """Whose words may be where."""
        return f"{self.actor_id} at {self.inbox_url}"
