"""What this server is (docs.joinmastodon.org/entities/Instance)."""

import datetime as dt
from typing import Any

import msgspec

from speak.clients.mastodon.entities.accounts import Account


class Rule(msgspec.Struct, kw_only=True):
    """One of the rules; here they are the promises that concern people."""

    id: str
    text: str
    hint: str = ""
    translations: dict[str, Any] = {}


class Language(msgspec.Struct, kw_only=True):
    """One that words can be in."""

    code: str
    name: str


class Instance(msgspec.Struct, kw_only=True):
    """This server, as apps ask for it first."""

    domain: str
    title: str
    version: str
    source_url: str
    description: str
    usage: dict[str, Any]
    thumbnail: dict[str, Any]
    icon: list[dict[str, Any]] = []
    languages: list[str]
    configuration: dict[str, Any]
    registrations: dict[str, Any]
    api_versions: dict[str, int]
    contact: dict[str, Any]
    rules: list[Rule]


class InstanceV1(msgspec.Struct, kw_only=True):
    """The same as older apps know it."""

    uri: str
    title: str
    short_description: str
    description: str
    email: str
    version: str
    urls: dict[str, str]
    stats: dict[str, int]
    thumbnail: str | None
    languages: list[str]
    registrations: bool
    approval_required: bool
    invites_enabled: bool
    configuration: dict[str, Any]
    contact_account: Account | None
    rules: list[Rule]


class Preferences(msgspec.Struct, kw_only=True):
    """How somebody speaks and reads by default."""

    visibility: str = msgspec.field(name="posting:default:visibility")
    sensitive: bool = msgspec.field(name="posting:default:sensitive")
    language: str | None = msgspec.field(name="posting:default:language")
    quote_policy: str = msgspec.field(name="posting:default:quote_policy")
    media: str = msgspec.field(name="reading:expand:media")
    spoilers: bool = msgspec.field(name="reading:expand:spoilers")
    autoplay: bool = msgspec.field(name="reading:autoplay:gifs")


class ExtendedDescription(msgspec.Struct, kw_only=True):
    """What this place is, at some length, as HTML."""

    updated_at: dt.datetime
    content: str


class PrivacyPolicy(msgspec.Struct, kw_only=True):
    """What is kept, and who could read it, as HTML."""

    updated_at: dt.datetime
    content: str
