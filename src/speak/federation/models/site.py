"""Sites that somebody here follows by their feed."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor

HOUR = 60 * 60


class Site(models.Model):
    """How a site is kept up with. Without `due_at` nobody here follows it, or it has ended."""

    actor = models.OneToOneField(Actor, models.CASCADE, related_name="site")
    feed_url = models.CharField(max_length=1024, unique=True)
    page_url = models.CharField(max_length=1024, blank=True, db_index=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="when it is read again")
    seconds_between = models.PositiveIntegerField(default=HOUR, help_text="how long it is left alone, as things stand")
    read_at = models.DateTimeField(null=True, blank=True, help_text="when it answered last")
    failures = models.PositiveSmallIntegerField(default=0, help_text="how often in a row it could not be read")
    last_failure = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="its server said that it is gone (410)")

    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the document that was read last")
    passed_over = models.JSONField(
        default=list, blank=True, help_text="digests of entries in it that were there before anybody followed it"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="site_due", condition=models.Q(due_at__isnull=False))]

    def __str__(self) -> str:
        """Where it is read."""
        return self.feed_url
