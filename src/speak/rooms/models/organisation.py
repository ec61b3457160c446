"""What a server of many people is, and the window that one of them speaks at each week."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor, Link
from speak.kernel import clock
from speak.voice.models import Post


class Organisation(models.Model):
    """The collective of a server. Name, sentence (`aim`) and picture are its actor's; it never authors words."""

    actor = models.OneToOneField(Actor, models.PROTECT, related_name="organisation")
    begun_at = models.DateTimeField(default=clock.now)

    path: ClassVar = "/organisation"  # its page; there is one on a server

    def __str__(self) -> str:
        """What it is called."""
        return self.actor.called


class Gathering(models.Model):
    """Somebody's agreement that their public posts are gathered on the organisation's page, from then on."""

    actor = models.OneToOneField(Actor, models.CASCADE, related_name="gathering")
    agreed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        """Whose agreement it is."""
        return f"{self.actor_id} agrees"


class PersonElsewhere(models.Model):
    """Somebody whose home is elsewhere, whom the organisation shows once their page points back at its own.

    `actor` is them, where they speak on the social web and are known here.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="people_elsewhere")
    link = models.OneToOneField(Link, models.CASCADE, related_name="+")
    actor = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        """Where they live."""
        return self.link.url


class Window(models.Model):
    """A shared place where each week another named person speaks, under their own name."""

    name = models.CharField(max_length=100)
    sentence = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """What it is called."""
        return self.name


class Turn(models.Model):
    """One person's week at the window. `week` is its Monday; a turn holds once it was accepted."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="turns")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="turns")
    asked_by = models.ForeignKey(Actor, models.SET_NULL, null=True, related_name="+")
    week = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["week"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["window", "week"], name="one_voice_per_week")]

    def __str__(self) -> str:
        """Whose week it is."""
        return f"{self.actor_id} in the week of {self.week}"


class WindowPost(models.Model):
    """Something its author chose to say at the window in their week."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="posts")
    post = models.OneToOneField(Post, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        """What was said."""
        return f"post {self.post_id} at the window"
