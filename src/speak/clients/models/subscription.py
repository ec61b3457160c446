"""Who is told when a feed of ours changes (W3C WebSub)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Wish(models.TextChoices):
    """What was asked for and is not verified yet."""

    NOTHING = ""
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


class Subscription(models.Model):
    """One callback for one topic; it holds from its first verification until `lease_until`."""

    topic = models.CharField(max_length=1024, help_text="the full address of the feed")
    callback = models.CharField(max_length=1024)
    host = models.CharField(max_length=255)
    secret = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True, help_text="empty: never verified")

    wish = models.CharField(max_length=12, choices=Wish, blank=True, default=Wish.NOTHING)
    wished_secret = models.CharField(max_length=200, blank=True)
    wished_seconds = models.PositiveIntegerField(default=0)
    wished_at = models.DateTimeField(null=True, blank=True)

    due_at = models.DateTimeField(null=True, blank=True, help_text="when the feed is sent; empty: it has it")
    first_at = models.DateTimeField(default=timezone.now, help_text="since when that is tried")
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was sent last")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["topic", "callback"], name="one_subscription")]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="subscription_due"),
            models.Index(fields=["host"], name="subscription_by_host"),
        ]

    def __str__(self) -> str:
        """Who, of what."""
        return f"{self.callback} of {self.topic}"
