"""How far a token reaches: Mastodon's scopes (docs.joinmastodon.org/api/oauth-scopes), in plain words.

A scope such as `read` covers every `read:…`. `follow` is the old name of some of them.
"""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from oauth2_provider.scopes import BaseScopes

from speak.clients.models import App

Words = str | Promise
SENTENCES: dict[str, Words] = {
    "profile": _("See who you are"),
    "email": _("See your e-mail address, if you gave one here"),
    "read": _("Read everything that you can read, and your own lists and settings"),
    "read:accounts": _("See people and their profiles as you see them"),
    "read:blocks": _("See whom you block"),
    "read:bookmarks": _("See what you keep"),
    "read:favourites": _("See what you thanked for"),
    "read:filters": _("See what you filter"),
    "read:follows": _("See whom you follow, and who asks to follow you"),
    "read:lists": _("See your lists"),
    "read:mutes": _("See whom you mute"),
    "read:notifications": _("See what awaits you"),
    "read:search": _("Search in your name"),
    "read:statuses": _("Read what you can read"),
    "write": _("Speak in your name, and change everything you can change"),
    "write:accounts": _("Change your profile"),
    "write:blocks": _("Block people in your name"),
    "write:bookmarks": _("Keep posts for you"),
    "write:conversations": _("Change your conversations"),
    "write:favourites": _("Thank people in your name"),
    "write:filters": _("Change what you filter"),
    "write:follows": _("Follow people in your name"),
    "write:lists": _("Change your lists"),
    "write:media": _("Add pictures in your name"),
    "write:mutes": _("Mute people and conversations for you"),
    "write:notifications": _("Clear what awaits you"),
    "write:reports": _("Report to those who handle reports, in your name"),
    "write:statuses": _("Speak in your name, and take back what you said"),
    "follow": _("Follow, mute and block people in your name"),
    "push": _("Send to your device what awaits you"),
    "create": _("Speak in your name"),
    "draft": _("Keep drafts in your name"),
    "update": _("Change what you said"),
    "delete": _("Take back what you said"),
    "undelete": _("Say again what you took back"),
    "media": _("Add pictures in your name"),
    "identify": _("Learn your address here"),
}
# What an app may ask for that is known by its address (IndieAuth); without any, it learns who one is and no more.
IDENTIFY = "identify"
OF_SITES = (IDENTIFY, "profile", "email", "create", "draft", "update", "delete", "undelete", "media")
OLD_NAMES = {
    "follow": frozenset(f"{act}:{what}" for act in ("read", "write") for what in ("blocks", "follows", "mutes")),
}


def unknown_in(scopes: Iterable[str]) -> list[str]:
    """Those of these scopes that do not exist."""
    return [scope for scope in scopes if scope not in SENTENCES]


def covers(granted: Iterable[str], wanted: str) -> bool:
    """Whether somebody with these scopes may do what `wanted` is asked for."""
    held = frozenset(granted)
    if wanted in held or wanted.partition(":")[0] in held:
        return True
    return any(wanted in OLD_NAMES[old] for old in held & OLD_NAMES.keys())


def in_words(scopes: Iterable[str]) -> list[str]:
    """What an app with these scopes may do, each thing said once: what a broader one covers is left out."""
    held = list(dict.fromkeys(scopes))
    return [str(SENTENCES[scope]) for scope in held if not covers([other for other in held if other != scope], scope)]


class AppScopes(BaseScopes):  # type: ignore[misc]
    """What django-oauth-toolkit asks about scopes. An app gets no more than it registered for."""

    def get_all_scopes(self) -> dict[str, Words]:
        """Every scope, with what it lets an app do."""
        return SENTENCES

    def get_available_scopes(self, application: App | None = None, *_args: object, **_kept: object) -> list[str]:
        """What this app may ask for: what it registered for, and the parts of it."""
        if application is None:
            return list(SENTENCES)
        registered = application.scopes.split()
        return [scope for scope in SENTENCES if covers(registered, scope)]

    def get_default_scopes(self, application: App | None = None, *_args: object, **_kept: object) -> list[str]:
        """What an app gets that asks for nothing in particular."""
        return [IDENTIFY] if application is not None and application.is_site else ["read"]
