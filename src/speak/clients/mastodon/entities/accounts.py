"""People (docs.joinmastodon.org/entities/Account and those around it)."""

import datetime as dt
from typing import Literal

import msgspec

from speak.clients.mastodon.entities.tags import FeaturedTag

Visibility = Literal["public", "unlisted", "private", "direct"]


class CustomEmoji(msgspec.Struct, kw_only=True):
    """A picture with a name; people here use letters."""

    shortcode: str
    url: str
    static_url: str
    visible_in_picker: bool


class Field(msgspec.Struct, kw_only=True):
    """Another place of somebody's. `value` is HTML."""

    name: str
    value: str
    verified_at: dt.datetime | None = None


class Account(msgspec.Struct, kw_only=True):
    """Somebody who speaks. Counts are told to nobody but the person they belong to (promise 6)."""

    id: str
    username: str
    acct: str
    display_name: str
    locked: bool
    bot: bool
    group: bool
    discoverable: bool
    indexable: bool = False
    created_at: dt.datetime
    note: str
    url: str
    uri: str
    avatar: str
    avatar_static: str
    avatar_description: str = ""
    header: str
    header_static: str
    header_description: str = ""
    followers_count: int = 0
    following_count: int = 0
    statuses_count: int = 0
    last_status_at: dt.date | None = None
    hide_collections: bool = True
    noindex: bool = False
    limited: bool = False
    suspended: bool = False
    emojis: list[CustomEmoji] = []
    fields: list[Field] = []
    moved: "Account | None" = None


class Source(msgspec.Struct, kw_only=True):
    """What somebody typed of their own profile, and how they speak by default."""

    privacy: Visibility
    sensitive: bool
    language: str | None
    note: str
    fields: list[Field]
    follow_requests_count: int
    discoverable: bool
    indexable: bool = False
    hide_collections: bool = True
    quote_policy: Literal["public", "followers", "nobody"]
    attribution_domains: list[str] = []


class Role(msgspec.Struct, kw_only=True):
    """What somebody may do here beyond what everybody may: nothing that an app could do."""

    id: str
    name: str
    color: str = ""
    permissions: str = "0"
    highlighted: bool = False


class CredentialAccount(Account, kw_only=True):
    """The person who asks, to themselves."""

    source: Source
    role: Role


class Relationship(msgspec.Struct, kw_only=True):
    """How the person who asks stands to somebody."""

    id: str
    following: bool
    showing_reblogs: bool
    notifying: bool
    languages: list[str] | None = None
    followed_by: bool
    blocking: bool
    blocked_by: bool = False
    muting: bool
    muting_notifications: bool
    muting_expires_at: dt.datetime | None = None
    requested: bool
    requested_by: bool
    domain_blocking: bool = False
    endorsed: bool = False
    note: str = ""


class Profile(msgspec.Struct, kw_only=True):
    """What somebody shows of themselves, as they typed it."""

    id: str
    display_name: str
    note: str
    fields: list[Field]
    avatar: str | None
    avatar_static: str | None
    avatar_description: str
    header: str | None
    header_static: str | None
    header_description: str = ""
    locked: bool
    bot: bool
    hide_collections: bool = True
    discoverable: bool
    indexable: bool = False
    show_media: bool = True
    show_media_replies: bool = True
    show_featured: bool = True
    attribution_domains: list[str] = []
    featured_tags: list[FeaturedTag] = []
