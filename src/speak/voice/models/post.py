"""Something said, with its readers and its earlier wordings."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Actor, Quoting
from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.reach import OPEN, Reach


class PostKind(models.TextChoices):
    """What sort of thing was said; the names are ActivityStreams' where it has one."""

    NOTE = "Note"
    ARTICLE = "Article"
    QUESTION = "Question"  # with answers to choose from, a `Poll`


class Wants(models.TextChoices):
    """What kind of answer an author would like; those who answer read it, and nothing enforces it."""

    ANY = "", _("Whatever comes to mind")
    NONE = "none", _("None: I only want to say it")
    QUESTIONS = "questions", _("Questions")
    THOUGHTS = "thoughts", _("Thoughts")
    HARD_TRUTHS = "hard_truths", _("Hard truths")


class Post(models.Model):
    """One author, an actor; one audience, fixed when it is said.

    `reach`, `audience_owner` and `audience_at` decide who may read it, together with the
    readers rows: see `rules.may_read` and `queries.readable_by`, which must agree.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    uri = models.CharField(max_length=2048, unique=True)
    url = models.CharField(max_length=2048, blank=True)
    author = models.ForeignKey(Actor, models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=16, choices=PostKind, default=PostKind.NOTE)

    title = models.CharField(max_length=300, blank=True)
    source = models.TextField(blank=True, help_text="as its author typed it; empty for posts from elsewhere")
    html = models.TextField(blank=True, help_text="sanitized")
    summary = models.CharField(max_length=500, blank=True, help_text="the content warning")
    is_sensitive = models.BooleanField(default=False)
    language = models.CharField(max_length=16, blank=True)
    wants = models.CharField(max_length=16, choices=Wants, blank=True, default=Wants.ANY)

    reach = models.PositiveSmallIntegerField(choices=Reach)
    audience_owner = models.ForeignKey(
        Actor, models.CASCADE, related_name="+", help_text="whose followers are meant; the author, or whom they answer"
    )
    audience_at = models.DateTimeField(default=clock.now, help_text="followers since before this may read it")
    room = models.BigIntegerField(default=0, help_text="the room it was said in, by number; 0 anywhere else")

    in_reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    in_reply_to_uri = models.CharField(max_length=2048, blank=True)
    answered = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="answers", help_text="whose post it answers"
    )
    thread_id = models.BigIntegerField(db_index=True, help_text="the id of the post that began the conversation")

    policy = models.JSONField(
        default=dict,
        blank=True,
        help_text="what its author elsewhere lets others do with it: who at once, and who after asking, by their ids",
    )

    quoting = models.CharField(
        max_length=16,
        choices=Quoting,
        blank=True,
        help_text="who may quote it, if not as its author prefers",
    )

    is_for_elsewhere = models.BooleanField(default=False, help_text="its author chose places elsewhere for it too")

    said_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["author", "-id"], name="post_by_author"),
            models.Index(fields=["reach", "-id"], name="post_by_reach"),
            models.Index(fields=["answered", "-id"], name="post_by_answered"),
            models.Index(fields=["room", "-id"], name="post_by_room", condition=models.Q(room__gt=0)),
            models.Index(fields=["in_reply_to_uri"], name="post_by_answered_uri"),
        ]

    def __str__(self) -> str:
        """Its id and author."""
        return f"post {self.pk} by {self.author_id}"

    @property
    def is_open(self) -> bool:
        """Whether anyone at all may read it."""
        return self.reach in OPEN

    @property
    def quotable(self) -> Quoting:
        """Who may quote it, of what is said here: as was chosen for it, else as its author prefers."""
        return Quoting(self.quoting or self.author.quoting)

    @property
    def is_local(self) -> bool:
        """Whether it was said here."""
        return self.author.is_local

    @property
    def known_as(self) -> str:
        """What it is called by elsewhere: its id, or for what a site says the address of its page."""
        return (self.url or self.author.url) if self.author.is_site else self.uri

    @property
    def path(self) -> str:
        """Its page on this server."""
        return f"{self.author.path}/{self.pk}"


class Reader(models.Model):
    """Somebody who may read a post that is for named people or for a room.

    The author of a post in a room has a row too, for as long as they are in it: there, being a
    reader and being a member are the same (promise 8).
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="readers")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "actor"], name="one_reader_per_post")]

    def __str__(self) -> str:
        """Who may read what."""
        return f"{self.actor_id} may read {self.post_id}"


class Mention(models.Model):
    """Somebody called by name in a post. Being named lets nobody read it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="mentions")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "actor"], name="one_mention_per_post")]

    def __str__(self) -> str:
        """Who is called in what."""
        return f"{self.actor_id} in {self.post_id}"


class Tag(models.Model):
    """A hashtag in a post, in lower case."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "post"], name="one_tag_per_post")]

    def __str__(self) -> str:
        """The tag."""
        return f"#{self.name}"


class Revision(models.Model):
    """An earlier wording; whoever may read the post may read it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    title = models.CharField(max_length=300, blank=True)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    summary = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField(help_text="when this wording was given")

    class Meta:
        ordering: ClassVar = ["-said_at"]

    def __str__(self) -> str:
        """Of which post, and when."""
        return f"{self.post_id} as of {self.said_at}"
