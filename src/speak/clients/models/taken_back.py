"""What an app took back in somebody's name, kept for a day so that it can be said again."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from speak.identity.models import Actor
from speak.voice.models import Post


class TakenBack(models.Model):
    """The words of a post that Micropub deleted; its pictures are gone.

    The post itself is empty, and still says who could read it.
    """

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    post = models.OneToOneField(Post, models.CASCADE, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    source = models.TextField()
    summary = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=16, blank=True)
    taken_back_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name_plural: ClassVar = "taken back"

    def __str__(self) -> str:
        """Which post."""
        return f"post {self.post_id}, taken back"
