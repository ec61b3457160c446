"""Posts that were said here, for whoever asks and may read them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from speak.federation.render import collections
from speak.federation.render import post as post_documents
from speak.federation.verification import is_signed
from speak.federation.views.answers import activity, refused, with_refusals
from speak.federation.views.negotiation import wants_a_page
from speak.federation.views.viewer import viewer_of
from speak.identity.models import Actor, User
from speak.kernel.outbound import Ask
from speak.voice import rules
from speak.voice.models import Post
from speak.voice.queries import readable_by, replies_to, withdrawn_for
from speak.voice.reach import OPEN

PAGE_SIZE, MAX_DIGITS = 20, 18
NOT_HERE = "There is nothing here, or nothing for you."


@require_safe
@with_refusals
def show_post(request: HttpRequest, post_id: int, *, ask: Ask) -> HttpResponse:
    """The Note or Article, for a viewer who may read it; a browser is led to its page."""
    if wants_a_page(request) and not is_signed(request):
        return _led_to_page(request, post_id)
    return answer_post(post_id, viewer_of(request, ask=ask))


def answer_post(post_id: int, viewer: Actor | None) -> HttpResponse:
    """The document; 410 where it was taken back, for those who could have read it; else 404."""
    post = _readable(viewer, post_id)
    if post is not None:
        return activity(post_documents.document(post), is_for_one=viewer is not None)
    withdrawn = withdrawn_for(viewer, post_id)
    if withdrawn is not None and withdrawn.is_local and rules.leaves_the_server(withdrawn.reach):
        return activity(post_documents.tombstone(withdrawn), status=410, is_for_one=viewer is not None)
    return refused(404, NOT_HERE)


@require_safe
@with_refusals
def replies(request: HttpRequest, post_id: int, *, ask: Ask) -> HttpResponse:
    """The ids of the direct answers that the viewer may read, oldest first, a page at a time."""
    viewer = viewer_of(request, ask=ask)
    post = _readable(viewer, post_id)
    if post is None:
        return refused(404, NOT_HERE)
    uri = f"{post.uri}/replies"
    if "page" not in request.GET:
        return activity(collections.paged(uri, is_ordered=False), is_for_one=viewer is not None)
    after = number_in(request, "after")
    found = list(replies_to(viewer, post).filter(pk__gt=after)[: PAGE_SIZE + 1])
    shown = [reply.uri for reply in found[:PAGE_SIZE] if _may_be_listed(reply)]
    query = f"page=true&after={after}" if after else "page=true"
    next_query = f"page=true&after={found[PAGE_SIZE - 1].pk}" if len(found) > PAGE_SIZE else ""
    page = collections.page(uri, query=query, items=shown, next_query=next_query, is_ordered=False)
    return activity(page, is_for_one=viewer is not None)


@require_safe
@with_refusals
def closed_list(request: HttpRequest, post_id: int, name: str, *, ask: Ask) -> HttpResponse:
    """That there are `likes` or `shares`, to whoever may read the post; neither whose nor how many (promise 6)."""
    viewer = viewer_of(request, ask=ask)
    post = _readable(viewer, post_id)
    if post is None:
        return refused(404, NOT_HERE)
    return activity(collections.closed(f"{post.uri}/{name}"), is_for_one=viewer is not None)


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number in the query; 0 where there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS else 0


def _may_be_listed(reply: Post) -> bool:
    """Answers from elsewhere only where anyone may read them: to whom else is for its own server to say."""
    return reply.reach in OPEN or (reply.is_local and rules.leaves_the_server(reply.reach))


def _readable(viewer: Actor | None, post_id: int) -> Post | None:
    found = readable_by(viewer).select_related("author", "audience_owner", "in_reply_to__author")
    post = found.filter(pk=post_id, author__domain="").first()
    return post if post and rules.leaves_the_server(post.reach) else None


def _led_to_page(request: HttpRequest, post_id: int) -> HttpResponse:
    """To the page of the post, for those who may read it; nobody else learns that it is there."""
    person = request.user
    viewer = Actor.objects.filter(user=person).first() if isinstance(person, User) else None
    post = readable_by(viewer).select_related("author").filter(pk=post_id, author__domain="").first()
    if post is None:
        return refused(404, NOT_HERE)
    response = HttpResponseRedirect(post.url)
    response["Vary"] = "Accept, Signature, Cookie"
    response["Cache-Control"] = "private, no-store"
    return response
