"""A second pair of eyes: one reader of what is not said yet, who may ask but not edit."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.models.draft import Draft


class Look(models.Model):
    """The one reader of a draft. It ends with the draft, or when its author takes it back."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    draft = models.OneToOneField(Draft, models.CASCADE, related_name="look")
    reader = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    wish = models.CharField(max_length=300, blank=True, help_text="what the author would like to be asked about")
    shown_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        """Who may look at what."""
        return f"{self.reader_id} may look at draft {self.draft_id}"

    @property
    def path(self) -> str:
        """Its page, for the reader."""
        return f"/look/{self.pk}"


class Question(models.Model):
    """What the reader asked. Questions only: nobody writes words for another (promise 1)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    look = models.ForeignKey(Look, models.CASCADE, related_name="questions")
    words = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """The question."""
        return self.words
