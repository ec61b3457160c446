"""Devices that are to be told what awaits somebody."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock


class From(models.TextChoices):
    """Of whom a device is told; the names are Mastodon's."""

    ALL = "all"
    FOLLOWED = "followed"
    FOLLOWER = "follower"
    NONE = "none"


class PushSubscription(models.Model):
    """Where the service of a device takes messages for one app, and the keys with which only the device opens them."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    token_id = models.BigIntegerField(unique=True, help_text="of the app, by number")
    endpoint = models.CharField(max_length=2048)
    device_key = models.CharField(max_length=100, help_text="p256dh: a point of P-256 in base64url")
    device_secret = models.CharField(max_length=50, help_text="auth: 16 bytes in base64url")
    sealed_token = models.TextField(help_text="what the app shows, sealed with the secret of this server")
    is_standard = models.BooleanField(default=False, help_text="RFC 8291; else its fourth draft, as older apps want")
    alerts = models.JSONField(default=list, help_text="the kinds of what awaits somebody, in Mastodon's words")
    policy = models.CharField(max_length=8, choices=From, default=From.ALL)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["actor"], name="push_by_actor")]

    def __str__(self) -> str:
        """Whose."""
        return f"push for {self.actor_id}"
