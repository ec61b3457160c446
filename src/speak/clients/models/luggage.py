"""What somebody brought from an earlier home and that has no place at this one."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor


class Luggage(models.Model):
    """One thing of one section of home.json (`clients.archive.shape`), as it came; taken along again with the rest."""

    owner = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    section = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, help_text="SHA-256 of what it is, so that it is kept once")
    what = models.JSONField()
    import_id = models.BigIntegerField(default=0, help_text="what brought it, by number")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural: ClassVar = "luggage"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "section", "digest"], name="luggage_kept_once")
        ]

    def __str__(self) -> str:
        """Whose, and of what kind."""
        return f"{self.section} of {self.owner_id}"
