"""Pictures and sounds in posts."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.models.post import Post


class Media(models.Model):
    """A file somebody shows. One that came from elsewhere has only a `remote_url`."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Actor, models.CASCADE, related_name="media")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="media")
    token = models.CharField(max_length=64, blank=True, db_index=True)
    remote_url = models.CharField(max_length=2048, blank=True)
    media_type = models.CharField(max_length=100)
    description = models.TextField(blank=True, help_text="alternative text")
    width = models.PositiveIntegerField(default=0, help_text="pixels; 0 where unknown")
    height = models.PositiveIntegerField(default=0)
    focus_x = models.FloatField(default=0, help_text="the point to look at: -1 is left, 1 is right")
    focus_y = models.FloatField(default=0, help_text="-1 is the bottom, 1 is the top")
    blurhash = models.CharField(max_length=100, blank=True, help_text="its colors in a few letters")
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """What it is."""
        return f"{self.media_type} {self.pk}"
