"""What came of a report."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.safety.models.limit import Limit
from speak.safety.models.report import Report


class DecisionKind(models.TextChoices):
    """What was done."""

    NOTHING = "nothing", _("Nothing further")
    SPOKE = "spoke", _("Spoke with them")
    LIMITED = "limited", _("Made them heard less")
    SUSPENDED = "suspended", _("Suspended them")


class Decision(models.Model):
    """By whom, what, why, when. Its reporter and those who hear reports read it; never whom it is about."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="decision")
    decided_by = models.ForeignKey(Actor, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=DecisionKind)
    why = models.CharField(max_length=2000)
    limit = models.ForeignKey(Limit, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        """What was decided."""
        return f"{self.kind} on report {self.report_id}"
