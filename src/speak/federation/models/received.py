"""Activities that have been taken in."""

import datetime as dt
from typing import ClassVar

from django.db import models

from speak.kernel import clock

# Longer than any server goes on trying to deliver, and than a signature stays fresh.
RECEIVED_LIFE = dt.timedelta(days=14)


class Received(models.Model):
    """One activity, taken in once. Only a hash of its actor and id is kept, for two weeks."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the actor and the activity's id")
    received_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name_plural: ClassVar = "received"

    def __str__(self) -> str:
        """Its hash."""
        return self.digest
