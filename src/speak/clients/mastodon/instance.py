"""What this server is and can do (docs.joinmastodon.org/methods/instance, preferences, custom_emojis)."""

import re
from email.utils import parseaddr
from importlib import metadata
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.mastodon.audiences import usual, veils
from speak.clients.mastodon.entities.accounts import CustomEmoji
from speak.clients.mastodon.entities.instance import Instance, InstanceV1, Preferences, Rule
from speak.clients.mastodon.polls import LIMITS
from speak.clients.mastodon.shown.people import QUOTE_POLICY
from speak.clients.push import public_key
from speak.identity.actions.links import MAX_LABEL, MAX_LINKS, MAX_WORDS
from speak.identity.actions.people import MAX_NAME
from speak.identity.actions.profile import MAX_AIM
from speak.kernel.pictures import MAX_BYTES, MAX_PIXELS
from speak.voice.actions.choices import MOST_SHOWN
from speak.voice.actions.media import MAX_DESCRIPTION
from speak.voice.actions.pins import MAX_PINS
from speak.voice.actions.speaking import MAX_NOTE, MAX_PICTURES

# The level of Mastodon's API that is fully served, and the first version of Mastodon that had it (record 55).
LEVEL = 7
COMPATIBLE = "4.5.0"
SOURCE = "https://github.com/speak-for-yourself/speak"
ADDRESS = re.compile(r"[^@\s/:]+@[^@\s/:]+")
PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif"]


@endpoint("GET", "/api/v2/instance", who=Who.ANYONE)
def instance(_call: Call) -> Instance:
    """This server."""
    return Instance(
        domain=settings.SPEAK_DOMAIN,
        title=settings.SPEAK_NAME,
        version=version(),
        source_url=SOURCE,
        description=settings.SPEAK_SENTENCE,
        usage={"users": {"active_month": 0}},
        thumbnail={"url": _thumbnail()},
        languages=[code for code, _name in settings.LANGUAGES],
        configuration=_configuration(),
        registrations={
            "enabled": settings.SPEAK_OPEN,
            "approval_required": False,
            "reason_required": False,
            "message": None,
            "url": f"{settings.SPEAK_URL}/join" if settings.SPEAK_OPEN else None,
        },
        api_versions={"mastodon": LEVEL},
        contact={"email": _contact(), "account": None},
        rules=_rules(),
    )


@endpoint("GET", "/api/v1/instance", who=Who.ANYONE)
def instance_v1(_call: Call) -> InstanceV1:
    """The same as older apps know it."""
    return InstanceV1(
        uri=settings.SPEAK_DOMAIN,
        title=settings.SPEAK_NAME,
        short_description=settings.SPEAK_SENTENCE,
        description=settings.SPEAK_SENTENCE,
        email=_contact(),
        version=version(),
        urls={"streaming_api": settings.SPEAK_STREAMING_URL} if settings.SPEAK_STREAMING_URL else {},
        stats={"user_count": 0, "status_count": 0, "domain_count": 0},
        thumbnail=_thumbnail(),
        languages=[code for code, _name in settings.LANGUAGES],
        registrations=settings.SPEAK_OPEN,
        approval_required=False,
        invites_enabled=not settings.SPEAK_OPEN,
        configuration=_configuration(),
        contact_account=None,
        rules=_rules(),
    )


@endpoint("GET", "/api/v1/instance/rules", who=Who.ANYONE)
def rules(_call: Call) -> list[Rule]:
    """What holds here."""
    return _rules()


@endpoint("GET", "/api/v1/custom_emojis", who=Who.ANYONE)
def custom_emojis(_call: Call) -> list[CustomEmoji]:
    """None: people here use letters."""
    return []


@endpoint("GET", "/api/v1/preferences", "read:accounts")
def preferences(call: Call) -> Preferences:
    """How the person who asks speaks and reads by default; until they choose, to their followers (promise 5)."""
    user = call.me.user
    return Preferences(
        visibility=usual(call.me),
        sensitive=veils(call.me),
        language=user.language if user else None,
        quote_policy=QUOTE_POLICY[call.me.quoting],
        media="default",
        spoilers=False,
        autoplay=False,
    )


def version() -> str:
    """As apps read it: a version of Mastodon's, and what really answers."""
    return f"{COMPATIBLE} (compatible; Speak for Yourself {metadata.version('speak-for-yourself')})"


def _configuration() -> dict[str, Any]:
    return {
        "urls": {"streaming": settings.SPEAK_STREAMING_URL} if settings.SPEAK_STREAMING_URL else {},
        "vapid": {"public_key": public_key()},
        "accounts": {
            "max_display_name_length": MAX_NAME,
            "max_note_length": MAX_AIM,
            "max_featured_tags": MOST_SHOWN,
            "max_pinned_statuses": MAX_PINS,
            "max_profile_fields": MAX_LINKS,
            "profile_field_name_limit": MAX_LABEL,
            "profile_field_value_limit": MAX_WORDS,
        },
        "statuses": {
            "max_characters": MAX_NOTE,
            "max_media_attachments": MAX_PICTURES,
            "characters_reserved_per_url": 23,
            "supported_mime_types": ["text/plain"],
        },
        "media_attachments": {
            "supported_mime_types": PICTURES,
            "description_limit": MAX_DESCRIPTION,
            "image_size_limit": MAX_BYTES,
            "image_matrix_limit": MAX_PIXELS,
            "video_size_limit": 0,
            "video_frame_rate_limit": 0,
            "video_matrix_limit": 0,
        },
        "polls": LIMITS,
        "translation": {"enabled": False},
        "limited_federation": False,
    }


def _contact() -> str:
    """Where one writes to: the address given for that, or that from which this place writes."""
    given = settings.SPEAK_CONTACT.removeprefix("mailto:")
    return given if ADDRESS.fullmatch(given) else parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _rules() -> list[Rule]:
    said = (
        _("Speak in your own name; nobody speaks for another."),
        _("What somebody said to a few stays with those few."),
        _("Nothing is compulsory, and nobody is ranked."),
    )
    return [Rule(id=str(number), text=text) for number, text in enumerate(said, start=1)]


def _thumbnail() -> str:
    return f"{settings.SPEAK_URL}{static('web/no-banner.png')}"
