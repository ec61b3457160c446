"""The ways through the settings: a few groups of pages, and the pages of the group one is in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from speak.web.viewer import viewer_of

register = template.Library()

Words = str | Promise
# Each page by the name of its address; its sub-pages by how their names begin.
GROUPS: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...] = (
    (
        _("You"),
        (
            ("settings", _("How you appear")),
            ("settings_shelf", _("Shelf")),
            ("settings_tags", _("Tags")),
            ("endorsed", _("You point at")),
            ("settings_places", _("Other places")),
            ("settings_handle", _("Handle")),
            ("settings_domain", _("Domain")),
        ),
    ),
    (
        _("Elsewhere"),
        (
            ("settings_look_up", _("Look yourself up")),
            ("settings_elsewhere", _("Heard elsewhere")),
            ("settings_credit", _("Credit")),
            ("settings_sites", _("Other sites")),
        ),
    ),
    (
        _("Others"),
        (
            ("settings_preferences", _("Who sees you")),
            ("following", _("You follow")),
            ("followers", _("Follow you")),
            ("requests", _("Ask to follow")),
        ),
    ),
    (
        _("What reaches you"),
        (
            ("settings_hearing", _("Of whom you are told")),
            ("kept_apart", _("Kept apart")),
            ("muted", _("Muted")),
            ("blocked", _("Blocked")),
            ("settings_servers", _("Servers")),
        ),
    ),
    (
        _("Come and go"),
        (
            ("settings_bring", _("Bring it here")),
            ("settings_take_along", _("Take along")),
            ("settings_moving", _("Moving")),
            ("settings_leaving", _("Leave")),
        ),
    ),
    (
        _("Signing in"),
        (
            ("account_change_password", _("Password")),
            ("mfa_index", _("Passkeys and codes")),
            ("account_email", _("E-mail")),
            ("usersessions_list", _("Where you are signed in")),
            ("settings_apps", _("Apps")),
        ),
    ),
)
FOR_OPERATORS: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...] = (
    (_("Inviting"), (("settings_invite", _("Invite somebody")),)),
    (_("The organisation"), (("organisation", _("The organisation")),)),
    (_("Other servers"), (("operators_deliveries", _("What they are owed")),)),
)
PART_OF = {
    "account_set_password": "account_change_password",
    "settings_place": "settings_places",
    "settings_move_out": "settings_moving",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A link; `is_here` where one is there already."""

    url: str
    words: Words
    is_here: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """The groups, and the pages of the group one is in."""

    groups: list[Way]
    pages: list[Way]


@register.simple_tag(takes_context=True)
def settings_ways(context: Context) -> Ways:
    """The ways from the page that is being shown; those who run this server have one more."""
    request = context["request"]
    here = _page_of(request.resolver_match.url_name if request.resolver_match else "")
    viewer = viewer_of(request)
    groups = [*GROUPS, *(FOR_OPERATORS if viewer and viewer.runs_this_server else ())]
    current = [(words, pages) for words, pages in groups if here in dict(pages)]
    return Ways(
        groups=[Way(reverse(pages[0][0]), words, here in dict(pages)) for words, pages in groups],
        pages=_ways_to(current[0][1], here) if current else [],
    )


def _ways_to(pages: Iterable[tuple[str, Words]], here: str) -> list[Way]:
    return [Way(reverse(name), words, name == here) for name, words in pages]


def _page_of(url_name: str) -> str:
    if url_name.startswith("mfa_"):
        return "mfa_index"
    return PART_OF.get(url_name, url_name)
