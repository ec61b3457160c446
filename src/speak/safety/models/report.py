"""A complaint to one named person."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.reach import Reach


class Report(models.Model):
    """Read by its reporter and by the one person they chose; never by whom it is about.

    Without a handler it waits for one to be chosen. Without a reporter it came from `server`.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reporter = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="reports_made")
    server = models.CharField(max_length=255, blank=True, help_text="the host of another server that complains")
    reported = models.ForeignKey(Actor, models.CASCADE, related_name="reports_about")
    words = models.TextField(blank=True)
    handler = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="reports_heard")
    is_forwarded = models.BooleanField(default=False, help_text="their server is told too, without the reporter's name")
    created_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(
        null=True, blank=True, help_text="its words, and those handed over, are deleted"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["handler", "decided_at", "id"], name="report_by_handler"),
            models.Index(fields=["reporter", "-id"], name="report_by_reporter"),
        ]

    def __str__(self) -> str:
        """Its id; nothing of what it says."""
        return f"report {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decided_at is None and self.withdrawn_at is None


class HandedOver(models.Model):
    """A copy of words that a reader of theirs shows to the handler. The post itself is not opened to anybody."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="handed_over")
    post_uri = models.CharField(max_length=2048)
    reach = models.PositiveSmallIntegerField(choices=Reach, help_text="who could read it when it was handed over")
    title = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=500, blank=True)
    html = models.TextField(blank=True, help_text="sanitized, as the post's")
    language = models.CharField(max_length=16, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name_plural: ClassVar = "handed over"
        ordering: ClassVar = ["said_at", "pk"]

    def __str__(self) -> str:
        """Of which report."""
        return f"words in report {self.report_id}"
