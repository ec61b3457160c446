"""What this place says of itself at some length (docs.joinmastodon.org/methods/instance)."""

import datetime as dt

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.mastodon.entities.instance import ExtendedDescription, Language, PrivacyPolicy

# When the sentences below were written.
WRITTEN = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@endpoint("GET", "/api/v1/instance/extended_description", who=Who.ANYONE)
def extended_description(_call: Call) -> ExtendedDescription:
    """What this place is."""
    said = [settings.SPEAK_SENTENCE] if settings.SPEAK_SENTENCE else []
    said.append(_("People speak here in their own name. What it is about stands in the guide."))
    return ExtendedDescription(updated_at=WRITTEN, content=_paragraphs(said))


@endpoint("GET", "/api/v1/instance/privacy_policy", who=Who.ANYONE)
def privacy_policy(_call: Call) -> PrivacyPolicy:
    """What is kept, and who could read it."""
    said = [
        _("Who can read something is said in words beside it, and nothing widens that but its author's hand."),
        _("Whoever runs this server holds its database, and could be made by law to show what is in it."),
        _("Everything you said can be changed, taken back and taken along by you at any hour."),
    ]
    return PrivacyPolicy(updated_at=WRITTEN, content=_paragraphs(said))


@endpoint("GET", "/api/v1/instance/languages", who=Who.ANYONE)
def languages(_call: Call) -> list[Language]:
    """The languages that words can be in here."""
    return [Language(code=code, name=str(name)) for code, name in settings.LANGUAGES]


@endpoint("GET", "/api/v1/instance/translation_languages", who=Who.ANYONE)
def translation_languages(_call: Call) -> dict[str, list[str]]:
    """None: nothing is sent to translators."""
    return {}


def _paragraphs(said: list[str]) -> str:
    html = "".join(format_html("<p>{}</p>", sentence) for sentence in said)
    return html + format_html('<p><a href="{0}/guide">{0}/guide</a></p>', settings.SPEAK_URL)
