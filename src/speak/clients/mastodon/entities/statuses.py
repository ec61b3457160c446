"""What people say (docs.joinmastodon.org/entities/Status and those around it)."""

import datetime as dt
from typing import Any, Literal

import msgspec

from speak.clients.mastodon.entities.accounts import Account, CustomEmoji, Visibility

AudienceKind = Literal["self", "named", "room", "here", "followers", "quiet", "public"]
QuoteState = Literal["pending", "accepted", "rejected", "revoked", "deleted", "unauthorized"]
Quoters = Literal["public", "followers", "following", "unsupported_policy"]
Consenting = Literal["automatic", "manual", "denied", "unknown"]


class MediaAttachment(msgspec.Struct, kw_only=True):
    """A picture, a film or a sound. `meta` holds sizes in pixels and the point to look at."""

    id: str
    type: Literal["image", "video", "gifv", "audio", "unknown"]
    url: str | None
    preview_url: str | None
    remote_url: str | None = None
    description: str | None
    blurhash: str | None = None
    meta: dict[str, Any] = {}


class StatusMention(msgspec.Struct, kw_only=True):
    """Somebody who is called by name."""

    id: str
    username: str
    acct: str
    url: str


class StatusTag(msgspec.Struct, kw_only=True):
    """A hashtag."""

    name: str
    url: str


class Quote(msgspec.Struct, kw_only=True):
    """Words of somebody else inside; shown where they agreed and the reader may read them."""

    state: QuoteState
    quoted_status: "Status | None" = None


class QuoteApproval(msgspec.Struct, kw_only=True):
    """Who may show these words inside their own: at once, or after asking; and the reader."""

    automatic: list[Quoters]
    manual: list[Quoters]
    current_user: Consenting


class Audience(msgspec.Struct, kw_only=True):
    """Who can read it, in words, and as one of ours: what Mastodon's four visibilities cannot say."""

    kind: AudienceKind
    words: str
    room_id: str | None = None


class FilterKeyword(msgspec.Struct, kw_only=True):
    """A word to look for."""

    id: str
    keyword: str
    whole_word: bool


class FilterStatus(msgspec.Struct, kw_only=True):
    """A post to leave out."""

    id: str
    status_id: str


class Filter(msgspec.Struct, kw_only=True):
    """What somebody does not want to see, where, and until when."""

    id: str
    title: str
    context: list[Literal["home", "notifications", "public", "thread", "account"]]
    expires_at: dt.datetime | None
    filter_action: Literal["warn", "hide", "blur"]
    keywords: list[FilterKeyword]
    statuses: list[FilterStatus]


class FilterResult(msgspec.Struct, kw_only=True):
    """Why a post is filtered."""

    filter: Filter
    keyword_matches: list[str] | None = None
    status_matches: list[str] | None = None


class PollOption(msgspec.Struct, kw_only=True):
    """An answer; without a number for those who do not see it yet."""

    title: str
    votes_count: int | None


class Poll(msgspec.Struct, kw_only=True):
    """Answers to choose from below a post, whose id it has."""

    id: str
    expires_at: dt.datetime | None
    expired: bool
    multiple: bool
    votes_count: int
    voters_count: int | None
    options: list[PollOption]
    emojis: list[CustomEmoji] = []
    voted: bool
    own_votes: list[int]


class Status(msgspec.Struct, kw_only=True):
    """Something said, or passed on (`reblog`). What is ours beside Mastodon's: `title`, `audience`, `local_only`."""

    id: str
    created_at: dt.datetime
    edited_at: dt.datetime | None = None
    in_reply_to_id: str | None = None
    in_reply_to_account_id: str | None = None
    sensitive: bool
    spoiler_text: str
    visibility: Visibility
    language: str | None
    uri: str
    url: str
    content: str
    text: str | None = None
    replies_count: int = 0
    reblogs_count: int = 0
    favourites_count: int = 0
    quotes_count: int = 0
    favourited: bool = False
    reblogged: bool = False
    muted: bool = False
    bookmarked: bool = False
    pinned: bool = False
    account: Account
    reblog: "Status | None" = None
    media_attachments: list[MediaAttachment]
    mentions: list[StatusMention]
    tags: list[StatusTag]
    emojis: list[CustomEmoji] = []
    card: None = None
    poll: Poll | None = None
    application: dict[str, Any] | None = None
    filtered: list[FilterResult] = []
    quote: Quote | None = None
    quote_approval: QuoteApproval
    title: str | None = None
    wants: str = ""
    audience: Audience
    local_only: bool


class Context(msgspec.Struct, kw_only=True):
    """The conversation around a post."""

    ancestors: list[Status]
    descendants: list[Status]


class StatusSource(msgspec.Struct, kw_only=True):
    """A post as its author typed it."""

    id: str
    text: str
    spoiler_text: str
    title: str | None = None


class StatusEdit(msgspec.Struct, kw_only=True):
    """One wording of a post."""

    content: str
    spoiler_text: str
    sensitive: bool
    created_at: dt.datetime
    account: Account
    media_attachments: list[MediaAttachment]
    emojis: list[CustomEmoji] = []
