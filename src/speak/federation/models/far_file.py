"""Pictures of other servers, kept for a while so that whoever looks at them here is not seen there."""

from typing import ClassVar

from django.db import models

from speak.kernel import clock


class FarFile(models.Model):
    """One picture. Without a `token` it could not be had, and is not asked for again until `due_at`."""

    digest = models.CharField(max_length=64, unique=True, help_text="names the address; see `federation.far_media`")
    url = models.CharField(max_length=2048)
    token = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    used_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now, help_text="when it is fetched anew if somebody looks")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["used_at", "id"], name="far_file_least_used")]

    def __str__(self) -> str:
        """Where it is from."""
        return self.url
