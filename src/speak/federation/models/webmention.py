"""Links between what is said here and pages of other sites, as both sides tell each other (W3C Webmention)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from speak.identity.models import Actor
from speak.voice.models import Post


class OwedMention(models.Model):
    """One page elsewhere that a post of ours links to. Without `due_at` there is nothing to tell it at present."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="owed_mentions")
    target_url = models.CharField(max_length=2048)
    due_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    first_at = models.DateTimeField(default=timezone.now, help_text="since when this is tried")
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="when the site took it last; empty: it never did")
    last_failure = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "target_url"], name="one_mention_per_target")]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="owed_mention_due")]

    def __str__(self) -> str:
        """Which post, to which page."""
        return f"{self.post_id} to {self.target_url}"


class MentionKind(models.TextChoices):
    """What a page elsewhere says it is to what it links to."""

    REPLY = "reply"
    LIKE = "like"
    REPOST = "repost"
    BOOKMARK = "bookmark"
    MENTION = "mention"


class MentionState(models.TextChoices):
    """Only what its recipient has shown is seen by anybody else."""

    UNSEEN = "unseen"  # its page has not been read yet
    HELD = "held"  # awaits the recipient
    SHOWN = "shown"
    HIDDEN = "hidden"


class SiteMention(models.Model):
    """A page elsewhere that links to a post of somebody here, or to their page (then without `post`)."""

    recipient = models.ForeignKey(Actor, models.CASCADE, related_name="site_mentions")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="site_mentions")
    source_url = models.CharField(max_length=1024)
    target_url = models.CharField(max_length=1024)
    host = models.CharField(max_length=255)
    state = models.CharField(max_length=8, choices=MentionState, default=MentionState.UNSEEN)
    kind = models.CharField(max_length=8, choices=MentionKind, default=MentionKind.MENTION)
    author_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    html = models.TextField(blank=True, help_text="sanitized, and without classes")
    is_guests = models.BooleanField(
        default=False, help_text="written here by a guest whose page `source_url` begins with"
    )
    said_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True, help_text="when its page was read last")
    due_at = models.DateTimeField(null=True, blank=True, default=timezone.now, help_text="when it is read again")
    first_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_url", "post"], name="one_mention_of_a_post"),
            models.UniqueConstraint(
                fields=["source_url", "recipient"], condition=models.Q(post=None), name="one_mention_of_a_person"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="site_mention_due"),
            models.Index(fields=["recipient", "state", "id"], name="site_mention_by_recipient"),
            models.Index(fields=["host"], name="site_mention_by_host"),
        ]

    def __str__(self) -> str:
        """Where it is."""
        return self.source_url


class SiteBlock(models.Model):
    """A site that somebody here wants to hear nothing of."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="site_blocks")
    host = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "host"], name="one_block_per_site")]

    def __str__(self) -> str:
        """Who, and which site."""
        return f"{self.actor_id} hears nothing of {self.host}"
