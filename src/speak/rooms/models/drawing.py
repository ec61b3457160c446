"""Who was drawn to meet whom."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.models.room import Room


class Group(models.Model):
    """A pair or three of one drawing; a drawing is all groups of a room with the same `drawing` number, from 1."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="groups")
    drawing = models.PositiveIntegerField()
    practice = models.CharField(max_length=80, blank=True, help_text="its slug")
    actors = models.ManyToManyField(Actor, related_name="+")
    drawn_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-drawing", "pk"]

    def __str__(self) -> str:
        """Which drawing."""
        return f"group of drawing {self.drawing} in {self.room_id}"
