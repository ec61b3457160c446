"""A few people in conversation, and who is in it."""

import datetime as dt
from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.rooms.models.practice import Programme


class Room(models.Model):
    """Its readers are its members. The host's rights follow `host` alone; `founder` opened it, or carried it on last.

    `place` is the entry of the programme that the shared screen shows, from 0. A `code` lets people in who
    sit in the same meeting, until `code_until`. Nothing is said in it while it is paused, once it is closed,
    or after `ends_at`.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300, help_text="one sentence")
    founder = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    host = models.ForeignKey(Actor, models.PROTECT, related_name="rooms_hosted")
    asked_to_host = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    cap = models.PositiveSmallIntegerField(default=8)
    programme = models.ForeignKey(Programme, models.SET_NULL, null=True, blank=True, related_name="rooms")
    place = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    hand_over_at = models.DateTimeField(null=True, blank=True, help_text="when the hand-over round began")
    closed_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=40, blank=True, db_index=True, help_text="spoken words, joined by hyphens")
    code_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """What it is called."""
        return self.name

    @property
    def path(self) -> str:
        """Its page."""
        return f"/rooms/{self.pk}"

    def is_over(self, now: dt.datetime) -> bool:
        """Whether it was closed or has reached its end."""
        return self.closed_at is not None or now >= self.ends_at


class Membership(models.Model):
    """Somebody in a room; with `left_at`, somebody who was.

    `opens_earlier`: what they say here may be read by those who come later. `is_shown`: their words may
    appear on the shared screen.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="memberships")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="memberships")
    invited_by = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)
    is_shown = models.BooleanField(default=False)
    opens_earlier = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["joined_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["room", "actor"], name="one_membership_per_room")]

    def __str__(self) -> str:
        """Who is where."""
        return f"{self.actor_id} in {self.room_id}"


class Guest(models.Model):
    """Somebody who joined in the meeting with a name and nothing else, until they claim their home."""

    actor = models.OneToOneField(Actor, models.CASCADE, related_name="guest")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Who came."""
        return f"guest {self.actor_id}"
