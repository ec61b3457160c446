"""What somebody does not want to meet: words and single posts, in some places, for a while."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel.ids import new_id
from speak.voice.models.post import Post


class FilterAct(models.TextChoices):
    """What is done with what is found: said before it, left out, or its pictures covered."""

    WARN = "warn"
    HIDE = "hide"
    BLUR = "blur"


class Filter(models.Model):
    """Only its owner knows of it."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Actor, models.CASCADE, related_name="filters")
    title = models.CharField(max_length=200)
    contexts = models.JSONField(default=list, help_text="home, notifications, public, thread, account")
    act = models.CharField(max_length=8, choices=FilterAct, default=FilterAct.WARN)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Whose it is."""
        return f"filter {self.pk} of {self.owner_id}"


class FilterKeyword(models.Model):
    """A word, or several, to look for."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    filter = models.ForeignKey(Filter, models.CASCADE, related_name="keywords")
    keyword = models.CharField(max_length=200)
    is_whole_word = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """What is looked for."""
        return self.keyword


class FilterPost(models.Model):
    """A single post."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    filter = models.ForeignKey(Filter, models.CASCADE, related_name="posts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["filter", "post"], name="once_in_a_filter")]

    def __str__(self) -> str:
        """Which."""
        return f"{self.post_id} in filter {self.filter_id}"
