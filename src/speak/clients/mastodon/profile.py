"""What one shows of oneself (docs.joinmastodon.org/methods/accounts, profile)."""

from typing import Annotated, Literal

import msgspec
from django.core.files.uploadedfile import UploadedFile

from speak.clients.api.endpoints import Call, endpoint
from speak.clients.mastodon.entities.accounts import CredentialAccount, Visibility
from speak.clients.mastodon.entities.accounts import Profile as ShownProfile
from speak.clients.mastodon.shown.people import shown_me, shown_profile
from speak.identity import actions
from speak.identity.actions import ProfileWords
from speak.identity.models import Actor, Quoting

Sentence = Annotated[str, msgspec.Meta(max_length=5_000)]
Site = Annotated[str, msgspec.Meta(max_length=500)]
QUOTING = {"public": Quoting.ANYONE, "followers": Quoting.FOLLOWERS, "nobody": Quoting.ASK}


class GivenField(msgspec.Struct, kw_only=True):
    """Another place of somebody's."""

    name: Annotated[str, msgspec.Meta(max_length=255)] = ""
    value: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


class GivenSource(msgspec.Struct, kw_only=True):
    """How somebody speaks by default, by apps that do not ask them for each post."""

    privacy: Visibility | None = None
    sensitive: bool | None = None
    language: Annotated[str, msgspec.Meta(max_length=12)] | None = None
    quote_policy: Literal["public", "followers", "nobody"] | None = None


class Profile(msgspec.Struct, kw_only=True):
    """What is to change; what is not given stays."""

    display_name: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    note: Sentence | None = None
    avatar: UploadedFile[bytes] | None = None
    avatar_description: Annotated[str, msgspec.Meta(max_length=1_500)] | None = None
    header: UploadedFile[bytes] | None = None
    locked: bool | None = None
    discoverable: bool | None = None
    bot: bool | None = None
    fields_attributes: list[GivenField] | None = None
    attribution_domains: list[Site] | None = None
    source: GivenSource | None = None


@endpoint("PATCH", "/api/v1/accounts/update_credentials", "write:accounts")
def update_credentials(call: Call, given: Profile) -> CredentialAccount:
    """Change one's profile."""
    _write(call.me, given)
    return shown_me(call.me)


@endpoint("GET", "/api/v1/profile", "read:accounts", "profile")
def profile(call: Call) -> ShownProfile:
    """One's profile, as one typed it."""
    return shown_profile(call.me)


@endpoint("PATCH", "/api/v1/profile", "write:accounts")
def change(call: Call, given: Profile) -> ShownProfile:
    """Change it."""
    _write(call.me, given)
    return shown_profile(call.me)


@endpoint("DELETE", "/api/v1/profile/avatar", "write:accounts")
def take_avatar_down(call: Call) -> CredentialAccount:
    """Show no face."""
    return shown_me(actions.take_picture_down(call.me))


@endpoint("DELETE", "/api/v1/profile/header", "write:accounts")
def take_header_down(call: Call) -> CredentialAccount:
    """Show no banner."""
    return shown_me(actions.take_banner_down(call.me))


def _write(me: Actor, given: Profile) -> None:
    if given.display_name is not None or given.note is not None:
        name = me.name if given.display_name is None else given.display_name
        aim = me.aim if given.note is None else given.note
        actions.write_profile(me, words=ProfileWords(name=name, aim=aim))
    if given.locked is not None or given.discoverable is not None:
        approves = me.approves_followers if given.locked is None else given.locked
        listed = me.is_listed if given.discoverable is None else given.discoverable
        actions.change_preferences(me, approves_followers=approves, is_listed=listed)
    _show(me, given)
    if given.fields_attributes is not None:
        links = [(field.name, field.value) for field in given.fields_attributes if field.name and field.value]
        actions.replace_links(me, links=links)
    if given.attribution_domains is not None:
        actions.name_sites_that_credit(me, sites=given.attribution_domains)
    if given.source is not None:
        _speak(me, given.source)
    me.refresh_from_db()


def _show(me: Actor, given: Profile) -> None:
    if given.avatar is not None or given.avatar_description is not None:
        description = me.picture_description if given.avatar_description is None else given.avatar_description
        actions.set_picture(me, data=given.avatar.read() if given.avatar else b"", description=description)
    if given.header is not None:
        actions.set_banner(me, data=given.header.read())


def _speak(me: Actor, given: GivenSource) -> None:
    if given.language:
        actions.choose_language(me, language=given.language)
    if (given.privacy is not None or given.sensitive is not None) and me.user:
        said = me.user.said_by_apps if given.privacy is None else given.privacy
        veils = me.user.veils_pictures if given.sensitive is None else given.sensitive
        actions.choose_how_apps_speak(me, said_by_apps=said, veils_pictures=veils)
    if given.quote_policy:
        actions.choose_who_may_quote(me, quoting=QUOTING[given.quote_policy])
