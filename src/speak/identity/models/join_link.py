"""A link by which one person joins."""

import datetime as dt

from django.db import models
from django.utils import timezone

from speak.identity.models.actor import Actor
from speak.kernel import clock

LINK_LIFE = dt.timedelta(days=7)


def _in_a_week() -> dt.datetime:
    return timezone.now() + LINK_LIFE


class JoinLink(models.Model):
    """Opens once, for one person. Only a hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="join_links")
    for_whom = models.CharField(max_length=200, blank=True)
    is_for_operator = models.BooleanField(default=False, help_text="whoever uses it runs this server")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=_in_a_week)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        """For whom it was made."""
        return self.for_whom or f"link {self.pk}"
