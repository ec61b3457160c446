"""Which address leads where, for other people's apps."""

from django.urls import URLPattern, path, re_path

from speak.clients import feeds, who

HANDLE = r"^@(?P<handle>[^/@]+)"

urlpatterns: list[URLPattern] = [
    path("oauth/userinfo", who.userinfo),
    re_path(HANDLE + r"/feed\.atom$", feeds.atom, name="atom_feed"),
    re_path(HANDLE + r"/feed\.json$", feeds.json_feed, name="json_feed"),
]
