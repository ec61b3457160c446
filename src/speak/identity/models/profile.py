"""What an actor shows beside name and picture."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from speak.identity.models.actor import Actor


class Finding(models.TextChoices):
    """What was found when a link was looked at."""

    NOTHING_YET = "", _("It has not been looked at yet.")
    POINTS_BACK = "points back", _("It points back.")
    SILENT = "silent", _("The page is there, and does not point back.")
    AWAY = "away", _("The page could not be reached, or not from here.")
    ELSEWHERE = "elsewhere", _("It leads on to another site. Use the address that you arrive at.")
    UNREADABLE = "unreadable", _("What is there is no web page that can be read from here.")
    OURS = "ours", _("That is a page of this server, which needs no proof.")
    REFUSED = "refused", _("This server does not go to that address.")


class Link(models.Model):
    """Another place of the same person; verified when both sides point at each other.

    `url` is where it leads. Somebody here may say plain `words` in its place; of somebody elsewhere `value_html` is
    shown, and `url` is known where that is an address and nothing else. Without `due_at` nobody looks at it by itself.
    """

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=255)
    url = models.CharField(max_length=2048, blank=True)
    words = models.CharField(max_length=255, blank=True, help_text="of people here, in place of an address")
    value_html = models.TextField(blank=True, help_text="as another server sent it, sanitized")

    needs_proof = models.BooleanField(default=False, help_text="shown only while both point at each other")
    verified_at = models.DateTimeField(null=True, blank=True, help_text="since when both point at each other")
    finding = models.CharField(max_length=16, choices=Finding, blank=True, default=Finding.NOTHING_YET)
    looked_at = models.DateTimeField(null=True, blank=True)
    away_since = models.DateTimeField(null=True, blank=True, help_text="since when it cannot be reached")
    looks_in_vain = models.PositiveSmallIntegerField(default=0, help_text="since it was last found, or looked for")
    due_at = models.DateTimeField(null=True, blank=True, help_text="when it is looked at")

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="link_due")]

    def __str__(self) -> str:
        """What it is called."""
        return self.label

    @property
    def is_shown(self) -> bool:
        """Whether others see it."""
        return self.verified_at is not None or not self.needs_proof


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
