"""A message of somebody here to other servers."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id


class Activity(models.Model):
    """Written once, however many inboxes get a copy. `about_uri` keeps what concerns one thing in order."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    uri = models.CharField(max_length=2048, db_index=True)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    about_uri = models.CharField(max_length=2048)
    body = models.TextField(help_text="JSON, exactly as it is sent; empty: its words were taken back")
    is_open = models.BooleanField(default=False, help_text="addressed to anyone, so anyone may fetch it")
    goes_to_followers = models.BooleanField(default=False, help_text="addressed to the followers of its actor")
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name_plural: ClassVar = "activities"
        indexes: ClassVar = [models.Index(fields=["about_uri"], name="activity_about")]

    def __str__(self) -> str:
        """What it is, and about what."""
        return f"{self.kind} {self.about_uri}"
