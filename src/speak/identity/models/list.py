"""Some of the people one follows, to be heard by themselves."""

from typing import ClassVar

from django.db import models

from speak.identity.models.actor import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id


class ListReplies(models.TextChoices):
    """Which answers of the people in a list stand in it."""

    FOLLOWED = "followed"  # to those whom one follows
    LIST = "list"  # to others in the list
    NONE = "none"


class List(models.Model):
    """Only its owner knows of it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Actor, models.CASCADE, related_name="lists")
    title = models.CharField(max_length=200)
    replies = models.CharField(max_length=8, choices=ListReplies, default=ListReplies.LIST)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        """Whose it is."""
        return f"list {self.pk} of {self.owner_id}"


class ListMember(models.Model):
    """Somebody in a list; they do not know."""

    list = models.ForeignKey(List, models.CASCADE, related_name="members")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["list", "actor"], name="once_in_a_list")]

    def __str__(self) -> str:
        """Who is in which."""
        return f"{self.actor_id} in list {self.list_id}"
