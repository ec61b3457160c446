"""Of whom somebody wants to be told."""

from typing import ClassVar

from django.db import models

from speak.identity.models.actor import Actor


class Hearing(models.TextChoices):
    """What becomes of what would be told; the names are Mastodon's."""

    ACCEPT = "accept"
    FILTER = "filter"  # kept apart, until its owner lets it through
    DROP = "drop"


class NotificationPolicy(models.Model):
    """What becomes of what is told of people of some kinds; the strictest counts of those that hold."""

    actor = models.OneToOneField(Actor, models.CASCADE, related_name="+")
    for_not_following = models.CharField(max_length=8, choices=Hearing, default=Hearing.ACCEPT)
    for_not_followers = models.CharField(max_length=8, choices=Hearing, default=Hearing.ACCEPT)
    for_new_accounts = models.CharField(max_length=8, choices=Hearing, default=Hearing.ACCEPT)
    for_private_mentions = models.CharField(max_length=8, choices=Hearing, default=Hearing.ACCEPT)
    for_limited_accounts = models.CharField(max_length=8, choices=Hearing, default=Hearing.DROP)

    def __str__(self) -> str:
        """Whose."""
        return f"policy of {self.actor_id}"

    @property
    def is_strict(self) -> bool:
        """Whether there is anybody, limited people apart, of whom its owner would not be told."""
        asked = (self.for_not_following, self.for_not_followers, self.for_new_accounts, self.for_private_mentions)
        return any(each != Hearing.ACCEPT for each in asked)


class LetThrough(models.Model):
    """Of this one somebody wants to be told, whatever their policy says."""

    owner = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    about = models.ForeignKey(Actor, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "about"], name="let_through_once")]

    def __str__(self) -> str:
        """Whom, and by whom."""
        return f"{self.owner_id} hears {self.about_id}"
