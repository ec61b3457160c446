"""Programmes of practices, and what one person has tried."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id


class Programme(models.Model):
    """An ordered set of practices as a file's text, which has been checked; whoever made it may change it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    made_by = models.ForeignKey(Actor, models.CASCADE, related_name="programmes")
    source = models.TextField(help_text="TOML, as `rooms.programmes` reads it")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-changed_at"]

    def __str__(self) -> str:
        """What it is called."""
        return self.title


class StepState(models.TextChoices):
    """What came of it."""

    BEGUN = "begun"
    TRIED = "tried"
    SET_ASIDE = "set_aside"


class Step(models.Model):
    """One person and one practice. Nobody else ever sees it.

    `paper` holds what the practice's page needs to remember: the shape is the page's own. With
    `opens_at` it stays shut until then.
    """

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="steps")
    practice = models.CharField(max_length=80, help_text="its slug")
    state = models.CharField(max_length=16, choices=StepState, default=StepState.BEGUN)
    paper = models.JSONField(default=dict, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-changed_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "practice"], name="one_step_per_practice")]

    def __str__(self) -> str:
        """Whose step it is."""
        return f"{self.actor_id} and {self.practice}"


class Opening(models.Model):
    """A practice of its programme that a host, having gone first, has opened to a room (promise 2)."""

    room = models.ForeignKey("rooms.Room", models.CASCADE, related_name="openings")
    practice = models.CharField(max_length=80, help_text="its slug")
    opened_by = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["opened_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["room", "practice"], name="opened_once_per_room")]

    def __str__(self) -> str:
        """What is open where."""
        return f"{self.practice} in {self.room_id}"
