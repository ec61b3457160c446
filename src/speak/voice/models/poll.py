"""A question with a few answers to choose from."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.models.post import Post


class Poll(models.Model):
    """What one can choose below a post, until when. Of polls elsewhere the numbers are as their server last said."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="poll", primary_key=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    is_multiple = models.BooleanField(default=False)
    people = models.PositiveIntegerField(default=0, help_text="how many chose something")
    is_news = models.BooleanField(default=False, help_text="more was chosen than other servers were told")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when those who chose were told that it is over")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], name="poll_that_runs", condition=models.Q(ended_at=None)),
            models.Index(fields=["post"], name="poll_with_news", condition=models.Q(is_news=True)),
        ]

    def __str__(self) -> str:
        """Below which post it stands."""
        return f"poll of {self.post_id}"

    @property
    def is_over(self) -> bool:
        """Whether nobody can choose any more."""
        return self.ended_at is not None or (self.ends_at is not None and self.ends_at <= clock.now())


class Option(models.Model):
    """One of the answers."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    chosen = models.PositiveIntegerField(default=0, help_text="how often")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "position"], name="one_option_per_place")]

    def __str__(self) -> str:
        """The answer."""
        return self.title


class Choice(models.Model):
    """Somebody chose one of the answers. Nobody is shown who chose what."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    option = models.ForeignKey(Option, models.CASCADE, related_name="choices")
    chooser = models.ForeignKey(Actor, models.CASCADE, related_name="choices")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["option", "chooser"], name="one_choice_per_option")]

    def __str__(self) -> str:
        """Who chose, for whoever looks after the database."""
        return f"{self.chooser_id} chose {self.option_id}"
