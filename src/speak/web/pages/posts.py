"""A post on its own page, amid its conversation; its earlier wordings."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from speak.federation.views import answer_if_activitypub
from speak.federation.views.negotiation import wants_activitypub
from speak.federation.views.webmention import advertise
from speak.federation.webmention.keeping import shown_below
from speak.identity.models import Actor
from speak.voice.errors import NotThere
from speak.voice.models import Post
from speak.voice.queries import post_for, revisions_of, thread_for, withdrawn_for
from speak.web.forms.compose import ComposeForm
from speak.web.pages.guest import guest_of
from speak.web.shown.audiences import audience_sentence, first_audience
from speak.web.shown.posts import shown_whole
from speak.web.shown.sites import shown_site_mentions
from speak.web.shown.threads import shown_thread
from speak.web.viewer import viewer_of

GONE = 410


@require_safe
def post_page(request: HttpRequest, address: str, post_id: int) -> HttpResponse:  # noqa: ARG001 - an old name will do
    """One address for people and programs. A post is found by its number; the name before it may be an old one."""
    viewer = viewer_of(request)
    withdrawn = withdrawn_for(viewer, post_id)
    if withdrawn is not None:
        response = answer_if_activitypub(request, withdrawn) or render(request, "web/withdrawn.html", status=GONE)
    else:
        response = _answered(request, viewer, post_id)
    patch_vary_headers(response, ["Accept", "Cookie"])
    return response


@require_safe
def earlier(request: HttpRequest, address: str, post_id: int) -> HttpResponse:  # noqa: ARG001 - the same
    """How a post was worded before, for whoever may read it."""
    viewer = viewer_of(request)
    post, revisions = revisions_of(viewer, post_id)
    return render(request, "web/earlier.html", {"post": shown_whole(viewer, post), "revisions": revisions})


def _answered(request: HttpRequest, viewer: Actor | None, post_id: int) -> HttpResponse:
    """A page, or the document; a server that may read what the viewer may not asks at the post's own address."""
    try:
        post = post_for(viewer, post_id)
    except NotThere:
        if not wants_activitypub(request):
            raise
        return redirect(f"{settings.SPEAK_URL}/posts/{post_id}")
    return answer_if_activitypub(request, post) or _page(request, viewer, post)


def _page(request: HttpRequest, viewer: Actor | None, post: Post) -> HttpResponse:
    if request.path != post.path:
        return redirect(post.path)
    conversation = thread_for(viewer, post)
    thread = shown_thread(viewer, conversation)
    context = {
        "thread": thread,
        "post": thread.post,
        "audience": audience_sentence(viewer, conversation.post),
        "first_audience": first_audience(viewer, post),
        "is_open": post.is_open,
        "takes_guests": viewer is None and post.is_local and post.is_open and post.author.user_id is not None,
        "guest": guest_of(request) if viewer is None else None,
        "page_url": _page_url(post),
        "site_mentions": shown_site_mentions(shown_below(viewer, post)) if post.is_local else [],
        "form": ComposeForm(viewer=viewer, answered=post) if viewer and thread.post.may_answer else None,
    }
    response = render(request, "web/post.html", context)
    if post.is_local and post.is_open:
        advertise(response)
    return response


def _page_url(post: Post) -> str:
    """Where the page of a post from here is read best; nothing for one from elsewhere."""
    if not post.is_local:
        return ""
    home = post.author.home_domain
    return f"https://{home}{post.path}" if home else post.url
