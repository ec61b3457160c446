"""Which address leads where, for other people's apps."""

from django.urls import URLPattern, path, re_path

from speak.clients import feeds, who
from speak.clients.api.endpoints import addresses, endpoints_in
from speak.clients.mastodon import (
    accounts,
    empty,
    filters,
    instance,
    joining,
    lists,
    media,
    notifications,
    profile,
    scheduled,
    search,
    statuses,
    timelines,
)
from speak.clients.micropub.endpoint import endpoints
from speak.clients.oauth import metadata, registration, tokens

HANDLE = r"^@(?P<handle>[^/@]+)"

ENDPOINTS = [
    *endpoints_in(
        [
            registration,
            instance,
            joining,
            profile,
            accounts,
            statuses,
            scheduled,
            timelines,
            lists,
            filters,
            media,
            notifications,
            search,
        ]
    ),
    *empty.ENDPOINTS,
]

micropub, micropub_media = endpoints()

urlpatterns: list[URLPattern] = [
    path(".well-known/oauth-authorization-server", metadata.authorization_server, name="authorization_server"),
    path("oauth/token", tokens.TokenForApps.as_view(), name="token"),
    path("oauth/revoke", tokens.RevokeForApps.as_view()),
    path("oauth/introspect", tokens.introspect),
    path("oauth/userinfo", who.userinfo),
    path("micropub", micropub, name="micropub"),
    path("micropub/media", micropub_media),
    *addresses(ENDPOINTS),
    re_path(HANDLE + r"/feed\.atom$", feeds.atom, name="atom_feed"),
    re_path(HANDLE + r"/feed\.json$", feeds.json_feed, name="json_feed"),
]
