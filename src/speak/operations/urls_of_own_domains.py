"""Which address leads where at a domain of somebody's own (`operations.own_domains`)."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from speak.federation.views import wellknown
from speak.web.pages import own_domain

handler404 = "speak.web.failures.not_found"
handler500 = "speak.web.failures.went_wrong"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", own_domain.home),
    re_path(r"^feed\.(?P<kind>atom|rss|json)$", own_domain.feed),
    re_path(r"^@(?P<handle>[^/@]+)$", own_domain.person),
    re_path(r"^@(?P<handle>[^/@]+)/(?P<post_id>\d{1,18})$", own_domain.post),
    path(".well-known/speak-for-yourself.txt", own_domain.proof),
    path(".well-known/webfinger", own_domain.webfinger),
    path(".well-known/host-meta", wellknown.host_meta),
    path(".well-known/host-meta.json", wellknown.host_meta_json),
    re_path(r"", own_domain.elsewhere),
    # Never reached: pages there point by name to what is here.
    path("", include("speak.operations.urls")),
]
