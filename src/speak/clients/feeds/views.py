"""The addresses of feeds."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from speak.clients.feeds import sources
from speak.clients.feeds.sources import Source
from speak.clients.feeds.written import TYPES, as_json, as_xml, hub_url

KIND = r"/feed\.(?P<kind>atom|rss|json)$"


@require_safe
def person(request: HttpRequest, handle: str, kind: str) -> HttpResponse:
    """What somebody here announces."""
    source = sources.of_person(handle)
    return _written(request, source, kind=kind, base=source.page_url)


@require_safe
def tag(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """What people here announce with a tag."""
    source = sources.of_tag(name)
    return _written(request, source, kind=kind, base=source.page_url)


@require_safe
def window(request: HttpRequest, kind: str) -> HttpResponse:
    """What was said at the window."""
    source = sources.of_window()
    return _written(request, source, kind=kind, base=source.page_url)


@require_safe
def organisation(request: HttpRequest, kind: str) -> HttpResponse:
    """What the people of the organisation say."""
    source = sources.of_organisation()
    return _written(request, source, kind=kind, base=source.page_url)


@require_safe
def thread(request: HttpRequest, *, handle: str, post_id: str, kind: str) -> HttpResponse:
    """A conversation."""
    source = sources.of_thread(handle, int(post_id))
    return _written(request, source, kind=kind, base=source.page_url)


def _written(request: HttpRequest, source: Source, *, kind: str, base: str) -> HttpResponse:
    """The feed, or that nothing has changed; with where it lives and who tells of changes (WebSub 4)."""
    self_url = f"{base}/feed.{kind}"
    etag = quote_etag(source.version())
    response = get_conditional_response(request, etag=etag)
    if response is None:
        if kind == "json":
            body = json.dumps(as_json(source, self_url=self_url))
        else:
            body = as_xml(source, kind=kind, self_url=self_url)
        response = HttpResponse(body, content_type=TYPES[kind])
    response.headers["ETag"] = etag
    response.headers["Link"] = f'<{hub_url()}>; rel="hub", <{self_url}>; rel="self"'
    return response


urlpatterns: list[URLPattern] = [
    re_path(r"^@(?P<handle>[^/@]+)" + KIND, person, name="person_feed"),
    re_path(r"^tags/(?P<name>[^/]+)" + KIND, tag, name="tag_feed"),
    re_path(r"^window" + KIND, window, name="window_feed"),
    re_path(r"^organisation" + KIND, organisation, name="organisation_feed"),
    re_path(r"^@(?P<handle>[^/@]+)/(?P<post_id>\d{1,18})" + KIND, thread, name="thread_feed"),
]
