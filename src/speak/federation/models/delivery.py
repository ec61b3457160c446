"""One copy of an activity, owed to one inbox."""

from typing import ClassVar

from django.db import models

from speak.federation.models.activity import Activity
from speak.kernel import clock


class Delivery(models.Model):
    """Stays until the inbox has taken it, or it is given up; then the row goes, or says why it was given up."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="deliveries")
    inbox_url = models.CharField(max_length=2048)
    host = models.CharField(max_length=255)
    about_uri = models.CharField(max_length=2048, help_text="the activity's, for the order of copies")
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=64, blank=True, help_text="the process that is, or was, at it")
    claimed_until = models.DateTimeField(null=True, blank=True, help_text="empty: it has never left")
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_failure = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural: ClassVar = "deliveries"
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=models.Q(given_up_at=None)),
            models.Index(fields=["about_uri", "inbox_url", "id"], name="delivery_in_order"),
            models.Index(fields=["host"], name="delivery_by_host"),
        ]

    def __str__(self) -> str:
        """What is owed where."""
        return f"{self.activity_id} to {self.inbox_url}"
