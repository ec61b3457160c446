"""A post not said yet."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor, Quoting
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.models.media import Media
from speak.voice.models.post import Post, PostKind, Wants
from speak.voice.reach import Reach


class Draft(models.Model):
    """Only its author can see it. With `held_until` it says itself then."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    author = models.ForeignKey(Actor, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=16, choices=PostKind, default=PostKind.NOTE)
    title = models.CharField(max_length=300, blank=True)
    source = models.TextField(blank=True)
    summary = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=16, blank=True)
    reach = models.PositiveSmallIntegerField(choices=Reach, default=Reach.SELF)
    is_sensitive = models.BooleanField(default=False)
    quoting = models.CharField(max_length=16, choices=Quoting, blank=True)
    stays_in_thread = models.BooleanField(default=False, help_text="for those who can read what it answers")
    is_knowingly_wider = models.BooleanField(default=False)
    room = models.BigIntegerField(default=0, help_text="the room it is for, by number; 0 anywhere else")
    also_at = models.JSONField(default=list, blank=True, help_text="places elsewhere it is for too, by number")
    wants = models.CharField(max_length=16, choices=Wants, blank=True, default=Wants.ANY)
    people = models.ManyToManyField(Actor, related_name="+")
    in_reply_to = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    answers_url = models.CharField(max_length=2048, blank=True, help_text="a page of another site that this answers")
    quoted = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    poll = models.JSONField(null=True, blank=True, help_text="options, lasts (seconds), is_multiple")
    media = models.ManyToManyField(Media, related_name="+")
    kept = models.JSONField(
        default=dict, blank=True, help_text="of one that was brought: for whom it was, and what has no place here"
    )
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    held_until = models.DateTimeField(null=True, blank=True, db_index=True)
    last_refusal = models.CharField(max_length=500, blank=True, help_text="why it could not be said when its time came")

    class Meta:
        ordering: ClassVar = ["-changed_at"]

    def __str__(self) -> str:
        """Whose it is."""
        return f"draft {self.pk} of {self.author_id}"
