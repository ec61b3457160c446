"""Which address leads where, for other people's apps."""

from django.urls import URLPattern, path

from speak.clients import who
from speak.clients.api.endpoints import addresses, endpoints_in
from speak.clients.feeds.views import urlpatterns as feeds
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
from speak.clients.websub.hub import hub

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
    *feeds,
    path("websub", hub, name="websub"),
]
