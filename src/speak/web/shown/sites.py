"""What pages of other sites say, as templates show it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from speak.federation.models import MentionKind, MentionState, SiteMention
from speak.federation.webmention.keeping import WORDS
from speak.web.shown.posts import opening_of

IN_WORDS: dict[str, Promise] = {
    MentionKind.REPLY: _("answers"),
    MentionKind.LIKE: _("thanks you for"),
    MentionKind.REPOST: _("passes on"),
    MentionKind.BOOKMARK: _("keeps"),
    MentionKind.MENTION: _("links to"),
}


@dataclass(frozen=True, slots=True)
class ShownSiteMention:
    """A page of another site that links here. `name` is whoever it says wrote it; only `host` is certain."""

    id: int
    host: str
    name: str
    does: str
    title: str
    words_html: str
    moment: dt.datetime
    source_url: str
    about_url: str
    about_opening: str
    is_shown: bool
    may_be_shown: bool


def shown_site_mentions(mentions: Iterable[SiteMention]) -> list[ShownSiteMention]:
    """Each as a page shows it; its posts have to be there already."""
    return [_shown(mention) for mention in mentions]


def _shown(mention: SiteMention) -> ShownSiteMention:
    return ShownSiteMention(
        id=mention.pk,
        host=mention.host,
        name=mention.author_name or mention.host,
        does=str(IN_WORDS[mention.kind]),
        title=mention.title,
        words_html=mention.html,
        moment=mention.said_at or mention.received_at,
        source_url=mention.source_url,
        about_url=mention.post.path if mention.post else mention.recipient.path,
        about_opening=opening_of(mention.post) if mention.post else "",
        is_shown=mention.state == MentionState.SHOWN,
        may_be_shown=mention.post is not None and mention.kind in WORDS,
    )
