"""Between two actors: following, blocking, muting."""

from typing import ClassVar

from django.db import models

from speak.identity.models.actor import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id


class FollowState(models.TextChoices):
    """A follow is asked for, and holds once it is accepted."""

    ASKED = "asked"
    ACCEPTED = "accepted"


class Follow(models.Model):
    """The follower hears what the target says to followers, from `accepted_at` on."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    follower = models.ForeignKey(Actor, models.CASCADE, related_name="following")
    target = models.ForeignKey(Actor, models.CASCADE, related_name="followers")
    state = models.CharField(max_length=8, choices=FollowState, default=FollowState.ASKED)
    uri = models.CharField(max_length=2048, blank=True, help_text="the id of the Follow activity")
    shows_boosts = models.BooleanField(default=True)
    tells_of_each = models.BooleanField(
        default=False, help_text="the follower is told whenever the target says something"
    )
    created_at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["follower", "target"], name="one_follow_per_pair")]
        indexes: ClassVar = [
            models.Index(fields=["target", "state"], name="follow_by_target"),
            models.Index(fields=["target"], name="follow_that_tells", condition=models.Q(tells_of_each=True)),
        ]

    def __str__(self) -> str:
        """Who follows whom."""
        return f"{self.follower_id} -> {self.target_id} ({self.state})"


class Block(models.Model):
    """Neither hears the other any more."""

    blocker = models.ForeignKey(Actor, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Actor, models.CASCADE, related_name="blocked_by")
    uri = models.CharField(max_length=2048, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_per_pair")]

    def __str__(self) -> str:
        """Who blocks whom."""
        return f"{self.blocker_id} x {self.blocked_id}"


class Mute(models.Model):
    """The muter does not want to hear the muted for a while; nobody is told."""

    muter = models.ForeignKey(Actor, models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(Actor, models.CASCADE, related_name="muted_by")
    until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["muter", "muted"], name="one_mute_per_pair")]

    def __str__(self) -> str:
        """Who mutes whom."""
        return f"{self.muter_id} - {self.muted_id}"
