"""A decision about an actor, or about a whole other server."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id


class LimitKind(models.TextChoices):
    """What it does. None of them changes or deletes anybody's words."""

    SILENCED = "silenced", _("Heard only by those who follow them")
    NO_MEDIA = "no_media", _("Their pictures are not shown")
    SUSPENDED = "suspended", _("Not heard here at all")


class Limit(models.Model):
    """About one actor or about one server and those below its name, never both; until a time, or until lifted."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="limits")
    domain = models.CharField(max_length=255, blank=True)
    kind = models.CharField(max_length=16, choices=LimitKind)
    reason = models.CharField(max_length=1000, help_text="whom it is about, here, reads it too")
    decided_by = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="+", help_text="empty: by command"
    )
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(actor=None) ^ models.Q(domain=""), name="limit_on_an_actor_or_a_server"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["domain"], name="limit_by_domain"),
            models.Index(fields=["until"], name="limit_by_end", condition=models.Q(lifted_at=None)),
        ]

    def __str__(self) -> str:
        """What holds for whom."""
        return f"{self.kind}: {self.domain or self.actor_id}"
