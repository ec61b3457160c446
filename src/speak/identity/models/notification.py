"""Something that awaits a person."""

from typing import ClassVar

from django.db import models

from speak.identity.models.actor import Actor
from speak.kernel import clock
from speak.kernel.ids import new_short_id


class NotificationKind(models.TextChoices):
    """What happened."""

    MENTION = "mention"
    REPLY = "reply"
    SAID = "said"
    POLL_OVER = "poll_over"
    LIKE = "like"
    BOOST = "boost"
    FOLLOW = "follow"
    FOLLOW_ASKED = "follow_asked"
    INVITATION = "invitation"
    FIRST_WORDS = "first_words"
    HOST_ASKED = "host_asked"
    LAST_ROUND = "last_round"
    TURN_ASKED = "turn_asked"
    WORDS_ASKED = "words_asked"
    DRAFT_SHOWN = "draft_shown"
    DRAFT_QUESTION = "draft_question"
    HANDLING = "handling"
    QUOTED = "quoted"
    QUOTE_ASKED = "quote_asked"
    REPORT = "report"
    REPORT_NEWS = "report_news"
    SITE_MENTION = "site_mention"
    SITE_ENDED = "site_ended"
    DOMAIN_FOUND = "domain_found"
    DOMAIN_LOST = "domain_lost"
    LINK_VERIFIED = "link_verified"
    LINK_LOST = "link_lost"


class Notification(models.Model):
    """Told once, to one person. `post_id` names a post of the package above, by number.

    Its own number is short, since apps are told it as a number, which those in JavaScript would round.
    """

    id = models.BigIntegerField(primary_key=True, default=new_short_id, editable=False)
    recipient = models.ForeignKey(Actor, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=16, choices=NotificationKind)
    about = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    post_id = models.BigIntegerField(default=0, db_index=True, help_text="0 where it is about no post")
    leads_to = models.CharField(max_length=200, blank=True, help_text="the page it is about, where that is no post's")
    created_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    is_filtered = models.BooleanField(default=False, help_text="kept apart, until its recipient lets it through")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["recipient", "-id"], name="notification_by_recipient")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "kind", "about", "post_id", "leads_to"], name="told_once"),
        ]

    def __str__(self) -> str:
        """What it tells whom."""
        return f"{self.kind} for {self.recipient_id}"
