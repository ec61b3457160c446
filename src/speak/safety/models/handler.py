"""Somebody here who hears reports."""

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock


class Handler(models.Model):
    """Named by whoever runs this server; hears reports from the moment they have said yes."""

    actor = models.OneToOneField(Actor, models.CASCADE, related_name="hears_reports")
    sentence = models.CharField(max_length=300, blank=True, help_text="what they say of themselves to those who choose")
    named_by = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="empty: has been asked, has not said yes")

    def __str__(self) -> str:
        """Who it is."""
        return f"{self.actor_id} hears reports"
