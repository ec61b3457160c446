"""Which address leads where, for other people's apps."""

from django.urls import URLPattern, path, re_path

from speak.clients import who
from speak.clients.api import refusals
from speak.clients.api.endpoints import addresses, endpoints_in
from speak.clients.feeds.views import urlpatterns as feeds
from speak.clients.mastodon import (
    accounts,
    answering,
    conversations,
    empty,
    filters,
    filters_v1,
    hearing,
    instance,
    instance_texts,
    joining,
    lists,
    markers,
    media,
    notification_groups,
    notifications,
    oembed,
    polls,
    private,
    profile,
    push,
    quoting,
    reports,
    scheduled,
    search,
    statuses,
    tags,
    timelines,
)
from speak.clients.micropub.endpoint import endpoints
from speak.clients.oauth import metadata, registration, tokens
from speak.clients.openapi import served
from speak.clients.websub.hub import hub

ENDPOINTS = [
    *endpoints_in(
        [
            registration,
            instance,
            instance_texts,
            joining,
            profile,
            accounts,
            private,
            tags,
            statuses,
            answering,
            quoting,
            conversations,
            scheduled,
            polls,
            timelines,
            markers,
            lists,
            filters,
            filters_v1,
            media,
            hearing,
            notifications,
            notification_groups,
            push,
            reports,
            search,
            oembed,
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
    path("api/openapi.json", served(ENDPOINTS)),
    *addresses(ENDPOINTS),
    *feeds,
    path("websub", hub, name="websub"),
    re_path(r"^api/", refusals.no_such_route),  # last: whatever is left
]
