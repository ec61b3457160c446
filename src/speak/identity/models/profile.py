"""What an actor shows beside name and picture."""

from typing import ClassVar

from django.db import models

from speak.identity.models.actor import Actor


class Link(models.Model):
    """Another place of the same person; verified when both sides point at each other."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=255)
    url = models.CharField(max_length=2048, blank=True, help_text="for people here")
    value_html = models.TextField(blank=True, help_text="as another server sent it, sanitized")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """What it is called."""
        return self.label


class ShelfObject(models.Model):
    """A thing somebody chose to say who they are: an object, a book, a place."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="shelf")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=100)
    sentence = models.CharField(max_length=300, blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="the blob's token")
    picture_description = models.CharField(max_length=1500, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """What it is."""
        return self.title
