"""The addresses of the pages about people: joining, profiles, whom one has to do with, settings."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from speak.web.pages import join, people, profile
from speak.web.pages.apps import connected, consent
from speak.web.pages.settings import (
    appearance,
    domain,
    elsewhere,
    handle,
    invite,
    leaving,
    moving,
    places,
    preferences,
    shelf,
    sites,
    take_along,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("join", join.join, name="join"),
    path("join/<str:token>", join.join, name="join_by_link"),
    path("welcome", join.welcome, name="welcome"),
    path("people/following", people.following, name="following"),
    path("people/followers", people.followers, name="followers"),
    path("people/requests", people.requests, name="requests"),
    path("people/blocked", people.blocked, name="blocked"),
    path("people/muted", people.muted, name="muted"),
    path("people/act", people.act_on_person, name="follow"),
    path("settings", appearance.appearance, name="settings"),
    path("settings/picture/remove", appearance.take_picture_down, name="settings_take_picture_down"),
    path("settings/shelf", shelf.shelf, name="settings_shelf"),
    path("settings/shelf/<int:thing_id>/remove", shelf.take_off_shelf, name="settings_take_off_shelf"),
    path("settings/places", places.places, name="settings_places"),
    path("settings/places/<int:link_id>", places.place, name="settings_place"),
    path("settings/places/<int:link_id>/remove", places.remove_place, name="settings_remove_place"),
    path("settings/elsewhere", elsewhere.elsewhere, name="settings_elsewhere"),
    path("settings/elsewhere/account", elsewhere.add_account, name="settings_add_account"),
    path("settings/elsewhere/back", elsewhere.back, name="settings_account_back"),
    path("settings/elsewhere/channel", elsewhere.add_channel, name="settings_add_channel"),
    path("settings/elsewhere/<int:place_id>/remove", elsewhere.remove_place, name="settings_remove_elsewhere"),
    path("settings/sites", sites.sites, name="settings_sites"),
    path("settings/sites/act", sites.act_on_site, name="act_on_site"),
    path("settings/handle", handle.handle, name="settings_handle"),
    path("settings/domain", domain.domain, name="settings_domain"),
    path("settings/domain/act", domain.act_on_domain, name="act_on_domain"),
    path("settings/preferences", preferences.preferences, name="settings_preferences"),
    path("settings/invite", invite.invite, name="settings_invite"),
    path("settings/take-along", take_along.take_along, name="settings_take_along"),
    path("settings/take-along/file", take_along.fetch, name="settings_fetch_take_along"),
    path("settings/moving", moving.moving, name="settings_moving"),
    path("settings/moving/forget", moving.forget_old_home, name="settings_forget_old_home"),
    path("settings/moving/out", moving.move_out, name="settings_move_out"),
    path("settings/moving/stay", moving.stay, name="settings_stay"),
    path("settings/leaving", leaving.leaving, name="settings_leaving"),
    path("settings/apps", connected.connected, name="settings_apps"),
    path("settings/apps/<int:app_id>/disconnect", connected.disconnect, name="settings_disconnect_app"),
    path("oauth/authorize", consent.consent, name="consent"),
    path("oauth/authorize/", consent.consent),  # as `toot` writes it
    path("account/", include("allauth.urls")),
    re_path(r"^@(?P<address>[^/@]+(?:@[^/@]+)?)$", profile.profile, name="profile"),
]
