"""Answers without words."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.models.post import Post


class Boost(models.Model):
    """Somebody passes a post on to those who follow them. Shares the id space of posts."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="boosts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="boosts")
    uri = models.CharField(max_length=2048, unique=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "post"], name="one_boost_per_post")]
        indexes: ClassVar = [models.Index(fields=["actor", "-id"], name="boost_by_actor")]

    def __str__(self) -> str:
        """Who passes on what."""
        return f"{self.actor_id} passes on {self.post_id}"


class Like(models.Model):
    """Somebody thanks the author of a post; people elsewhere may do so with an emoji, once with each."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="likes")
    post = models.ForeignKey(Post, models.CASCADE, related_name="likes")
    emoji = models.CharField(max_length=100, blank=True, help_text="or its :name: where it is a picture elsewhere")
    uri = models.CharField(max_length=2048, unique=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "post", "emoji"], name="one_like_per_post")]

    def __str__(self) -> str:
        """Who thanks for what."""
        return f"{self.actor_id} likes {self.post_id}"


class Bookmark(models.Model):
    """Somebody keeps a post to read again; nobody else sees it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey(Post, models.CASCADE, related_name="bookmarks")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "post"], name="one_bookmark_per_post")]

    def __str__(self) -> str:
        """Who keeps what."""
        return f"{self.actor_id} keeps {self.post_id}"


class Pin(models.Model):
    """Somebody keeps an open post of their own at the top of their profile; the newest pin stands first."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="pins")
    post = models.OneToOneField(Post, models.CASCADE, related_name="pin")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        """Whose it is."""
        return f"{self.actor_id} pins {self.post_id}"


class Rest(models.Model):
    """Somebody lets a post rest: it no longer waits for their answer. Nobody else sees it."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "post"], name="one_rest_per_post")]

    def __str__(self) -> str:
        """Who lets what rest."""
        return f"{self.actor_id} lets {self.post_id} rest"
