"""Sites that somebody here follows by their feed."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock

HOUR = 60 * 60


class Site(models.Model):
    """How a site is kept up with. Without `due_at` nobody here follows it, or it has ended."""

    actor = models.OneToOneField(Actor, models.CASCADE, related_name="site")
    feed_url = models.CharField(max_length=1024, unique=True)
    page_url = models.CharField(max_length=1024, blank=True, db_index=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="when it is read again")
    seconds_between = models.PositiveIntegerField(default=HOUR, help_text="how long it is left alone, as things stand")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when it answered last")
    failures = models.PositiveSmallIntegerField(default=0, help_text="how often in a row it could not be read")
    last_failure = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="its server said that it is gone (410)")

    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the document that was read last")
    passed_over = models.JSONField(
        default=list, blank=True, help_text="digests of entries in it that were there before anybody followed it"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="site_due", condition=models.Q(due_at__isnull=False))]

    def __str__(self) -> str:
        """Where it is read."""
        return self.feed_url


class HubState(models.TextChoices):
    """How a subscription at a hub stands (W3C WebSub, 5)."""

    ASKED = "asked"  # the hub has not asked back yet
    HELD = "held"
    DENIED = "denied"
    LEAVING = "leaving"  # nothing is taken by it any more


class HubSubscription(models.Model):
    """What a hub is asked to tell of a site, at a callback of its own; `due_at`: when it is asked, or renewed."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="subscriptions")
    hub_url = models.CharField(max_length=1024)
    topic_url = models.CharField(max_length=1024)
    token = models.CharField(max_length=64, unique=True, help_text="what makes the callback's address unguessable")
    secret = models.CharField(max_length=64, blank=True, help_text="what content is signed with; empty: it is not")
    state = models.CharField(max_length=8, choices=HubState, default=HubState.ASKED)
    lease_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="hub_subscription_due")]

    def __str__(self) -> str:
        """Of what, and where."""
        return f"{self.topic_url} at {self.hub_url} ({self.state})"


class Distributed(models.Model):
    """What a hub has sent, until the worker has read it."""

    subscription = models.ForeignKey(HubSubscription, models.CASCADE, related_name="distributed")
    media_type = models.CharField(max_length=200, blank=True)
    body = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        """When, by which subscription."""
        return f"{self.received_at} by {self.subscription_id}"
