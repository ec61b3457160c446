"""Something that happened because somebody spoke, told with the words of others."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.models import Post
from speak.voice.reach import Reach


class Story(models.Model):
    """Told by one person. `source` is Markdown with a line like `[[words 12]]` where the words of a quotation stand.

    Once told, `post` is the article, which is the teller's and goes the way of any post.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    teller = models.ForeignKey(Actor, models.CASCADE, related_name="stories")
    title = models.CharField(max_length=300)
    source = models.TextField(blank=True)
    reach = models.PositiveSmallIntegerField(choices=Reach, default=Reach.HERE)
    room = models.BigIntegerField(default=0, help_text="the room it is for, by number; 0 anywhere else")
    post = models.OneToOneField(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        """Its title."""
        return self.title


class QuotationState(models.TextChoices):
    """What its author says to it."""

    CHOSEN = "chosen"  # by the teller, and not asked about yet
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class Quotation(models.Model):
    """Words of somebody in a story. They stand in it only while `state` is AGREED.

    `seen` is a digest of what their author saw when they agreed: words, story and audience; where it no
    longer fits they are asked again. An author elsewhere answers by a link with a token, of which a hash is kept.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="quotations")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    author = models.ForeignKey(Actor, models.CASCADE, related_name="quotations")
    excerpt = models.TextField(help_text="the words as they will stand; a part of the post's")
    state = models.CharField(max_length=16, choices=QuotationState, default=QuotationState.CHOSEN)
    seen = models.CharField(max_length=64, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Whose words where."""
        return f"words of {self.author_id} in {self.story_id}"
