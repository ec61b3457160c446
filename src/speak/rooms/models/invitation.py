"""One person asks another."""

import datetime as dt

from django.db import models
from django.utils import timezone

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.rooms.models.room import Room

INVITATION_LIFE = dt.timedelta(days=14)


def _in_two_weeks() -> dt.datetime:
    return timezone.now() + INVITATION_LIFE


class Invitation(models.Model):
    """By name, with a reason; opens once, for one person. Only a hash of its token is kept.

    `actor`: whom it is for, where they have a home here; only they can accept it then. An invitation
    awaits an answer while none of `accepted_at`, `declined_at`, `withdrawn_at` is set and `expires_at` is to come.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)
    email = models.EmailField(blank=True)
    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=_in_two_weeks)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Who is asked."""
        return self.name
