"""What somebody chose to hear, to show or not to be told of."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel.ids import new_id


class FollowedTag(models.Model):
    """Somebody hears what is said to anyone with this hashtag, in lower case. Nobody else sees it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "name"], name="one_follow_per_tag")]

    def __str__(self) -> str:
        """The tag."""
        return f"#{self.name}"


class ShownTag(models.Model):
    """Somebody shows on their profile that they speak of this, with the letters as they wrote it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="shown_tags")
    name = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "name"], name="one_show_per_tag")]

    def __str__(self) -> str:
        """The tag."""
        return f"#{self.name}"


class Hush(models.Model):
    """Somebody is not told any more of what is said in a conversation. Nobody else sees it."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    thread_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "thread_id"], name="one_hush_per_thread")]

    def __str__(self) -> str:
        """Whose, and which."""
        return f"{self.actor_id} of {self.thread_id}"


class PlaceInThread(models.Model):
    """How far somebody has read in a conversation among a few, and up to where they put it away. For them alone."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    thread_id = models.BigIntegerField()
    read_up_to = models.BigIntegerField(default=0)
    away_up_to = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "thread_id"], name="one_place_per_thread")]

    def __str__(self) -> str:
        """Whose, and where."""
        return f"{self.actor_id} in {self.thread_id}: {self.read_up_to}"
