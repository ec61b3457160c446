"""Public words with one tag."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speak.voice.queries import names_of_followed_tags, posts_tagged
from speak.web.paging import page_of
from speak.web.shown.posts import shown_posts
from speak.web.viewer import viewer_of


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    """What anyone, anywhere may read with this tag, as far as this place has heard it."""
    viewer = viewer_of(request)
    name = name.replace("\0", "")
    page = page_of(request, lambda window: posts_tagged(viewer, name, window), id_of=lambda post: post.pk)
    context = {
        "name": name.lower(),
        "is_followed": viewer is not None and name.lower() in names_of_followed_tags(viewer),
        "posts": shown_posts(viewer, page.items),
        "older_url": page.older_url,
        "newer_url": page.newer_url,
    }
    return render(request, "web/tag.html", context)
