"""Somebody's first words in a place, and who was asked to answer them."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.models import Post


class FirstWords(models.Model):
    """Promise 3. Each of the two is asked once, privately; `asked_host_at` is set also where there is nobody to ask."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="+")
    author = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    room = models.BigIntegerField(default=0, help_text="the room's number; 0 for the first words anywhere here")
    inviter = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    asked_inviter_at = models.DateTimeField(null=True, blank=True)
    asked_host_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["author", "room"], name="first_words_once_per_room")]
        indexes: ClassVar = [models.Index(fields=["said_at"], name="first_words_by_time")]

    def __str__(self) -> str:
        """Whose they are."""
        return f"first words of {self.author_id}"
