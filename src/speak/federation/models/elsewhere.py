"""Where else somebody's words are heard: places they speak to, and what was said there."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from speak.identity.models import Actor
from speak.voice.models import Post


class ElsewhereKind(models.TextChoices):
    """What kind of place it is, and so how one speaks there."""

    MASTODON = "mastodon"
    SLACK = "slack"
    MATTERMOST = "mattermost"
    MAIL = "mail"


class Elsewhere(models.Model):
    """A place where its owner may be heard too. Nothing goes there unless they choose it for one post."""

    owner = models.ForeignKey(Actor, models.CASCADE, related_name="elsewhere")
    kind = models.CharField(max_length=12, choices=ElsewhereKind)
    name = models.CharField(max_length=320, help_text="an account as @name@server, or a channel as its owner calls it")
    url = models.CharField(max_length=2048, blank=True, help_text="the page of the account, for anyone")
    server_url = models.CharField(max_length=512, blank=True, help_text="where its API begins")
    secret = models.CharField(max_length=4096, blank=True, help_text="a token, or the address of a webhook")
    longest = models.PositiveIntegerField(default=0, help_text="characters in one post there; 0 where nothing is said")
    address_length = models.PositiveIntegerField(default=0, help_text="what an address counts there; 0: its length")
    most_pictures = models.PositiveSmallIntegerField(default=0)
    broken_at = models.DateTimeField(null=True, blank=True, help_text="since when it lets its owner in no more")
    last_failure = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "kind", "name"], name="one_place_elsewhere_of_a_name")
        ]

    def __str__(self) -> str:
        """Whose, and which; never its secret."""
        return f"{self.name} of {self.owner_id}"


class AppThere(models.Model):
    """This server, as it is registered with another one's API (https://docs.joinmastodon.org/methods/apps/)."""

    server_url = models.CharField(max_length=512, unique=True)
    client_id = models.CharField(max_length=512)
    client_secret = models.CharField(max_length=512)
    redirect_uri = models.CharField(max_length=512, help_text="where people come back to; another one needs a new app")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Where."""
        return self.server_url


class SaidElsewhere(models.Model):
    """A post as it was chosen to be said in one place. With `due_at` something is still to be done there.

    What is to be done follows from the post: say it, change it, take it back. `place` is empty once its owner
    removed that; what was said there stays there.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="said_elsewhere")
    place = models.ForeignKey(Elsewhere, models.SET_NULL, null=True, related_name="said")
    kind = models.CharField(max_length=12, choices=ElsewhereKind)
    name = models.CharField(max_length=320)
    far_id = models.CharField(max_length=255, blank=True, help_text="what it is called there")
    far_uri = models.CharField(max_length=1024, blank=True, db_index=True, help_text="its ActivityPub id there")
    far_pictures = models.JSONField(
        default=dict, blank=True, help_text="ids there of our pictures, by the ids of these"
    )
    url = models.CharField(max_length=2048, blank=True, help_text="where it can be read there")
    said_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    first_at = models.DateTimeField(default=timezone.now, help_text="since when this is tried")
    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True, help_text="when it was given up")
    last_failure = models.CharField(max_length=300, blank=True)
    look_at = models.DateTimeField(null=True, blank=True, help_text="when answers there are looked for next")
    looks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "place"], name="said_once_in_a_place")]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="said_elsewhere_due"),
            models.Index(fields=["look_at"], name="said_elsewhere_look"),
        ]

    def __str__(self) -> str:
        """Which post, and where."""
        return f"{self.post_id} at {self.name}"
