"""What the pages of people and posts answer to other servers."""

from django.http import HttpRequest, HttpResponse

from speak.federation.views.actors import answer_actor
from speak.federation.views.answers import with_refusals
from speak.federation.views.negotiation import wants_activitypub
from speak.federation.views.posts import answer_post
from speak.federation.views.viewer import viewer_of
from speak.identity.models import Actor
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.voice.models import Post


def answer_if_activitypub(request: HttpRequest, shown: Actor | Post, *, ask: Ask = real_ask) -> HttpResponse | None:
    """The ActivityPub document of what a page shows, if that is what is asked for; else nothing.

    A view of a page calls this first, whatever its own viewer may read: whether another server may
    read a post is decided here. Of actors and posts from elsewhere there is no document of ours.
    """
    if not shown.is_local or not wants_activitypub(request):
        return None
    if isinstance(shown, Actor):
        return answer_actor(shown)
    return _post(request, shown.pk, ask=ask)


@with_refusals
def _post(request: HttpRequest, post_id: int, *, ask: Ask) -> HttpResponse:
    return answer_post(post_id, viewer_of(request, ask=ask))
