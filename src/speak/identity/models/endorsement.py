"""Whom somebody points at."""

from typing import ClassVar

from django.db import models

from speak.identity.models.actor import Actor
from speak.kernel.ids import new_id


class Endorsement(models.Model):
    """Somebody says on their profile: hear this one, too."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Actor, models.CASCADE, related_name="endorsements")
    about = models.ForeignKey(Actor, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "about"], name="one_endorsement_per_pair")]

    def __str__(self) -> str:
        """Who points at whom."""
        return f"{self.owner_id} at {self.about_id}"
