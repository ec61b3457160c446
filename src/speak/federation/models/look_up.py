"""What somebody found when they looked themselves up."""

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock


class LookUp(models.Model):
    """One look at one's own places elsewhere, for its owner alone. The last that ended and the one before are kept.

    `places` holds what was read so far, in the order of `addresses`; `home` the owner's page here as it was at the
    end. Both are `Place`s as `looking_up.places.packed` makes them.
    """

    owner = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    addresses = models.JSONField(default=list)
    places = models.JSONField(default=list)
    home = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Whose it is."""
        return f"look {self.pk} of {self.owner_id}"
