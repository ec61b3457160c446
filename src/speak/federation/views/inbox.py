"""Where other servers put activities, in the order of interop 6.7: size, type, parse, prove, take in."""

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from speak.federation.discovery import is_gone
from speak.federation.discovery.fetching import is_activity_type
from speak.federation.documents import Activity, Delete, decode, parse_activity
from speak.federation.documents.nodes import MAX_BYTES
from speak.federation.inbox import is_about_a_stranger_gone, receive
from speak.federation.verification import OwnerGone, Unproven, proven_signer
from speak.federation.views.actors import local_actor
from speak.federation.views.answers import refused, with_refusals
from speak.identity.models import Actor, Block
from speak.kernel.errors import NotAllowed
from speak.kernel.outbound import Ask


@csrf_exempt
@require_POST
@with_refusals
def shared_inbox(request: HttpRequest, *, ask: Ask) -> HttpResponse:
    """Activities for anybody here. 202 once taken in, or known already, or of no concern."""
    return _take_in(request, owner=None, ask=ask)


@csrf_exempt
@require_POST
@with_refusals
def inbox(request: HttpRequest, actor_id: int, *, ask: Ask) -> HttpResponse:
    """Activities for one actor; whom they have blocked is refused."""
    owner = local_actor(actor_id)
    if owner is None:
        return refused(404, "Nobody here has that address.")
    if owner.gone_at is not None:
        return refused(410, "They are gone.")
    return _take_in(request, owner=owner, ask=ask)


def _take_in(request: HttpRequest, *, owner: Actor | None, ask: Ask) -> HttpResponse:
    if not is_activity_type(request.headers.get("Content-Type", "")):
        return refused(415, "An activity is sent as application/activity+json.")
    body = _body_of(request)
    if body is None:
        return refused(413, "An activity has up to 1 MiB.")
    activity = parse_activity(decode(body))
    if is_about_a_stranger_gone(activity):
        return HttpResponse(status=202)
    sender = _proven_sender(request, activity, body=body, ask=ask)
    if sender is not None:
        if owner and Block.objects.filter(blocker=owner, blocked=sender).exists():
            raise NotAllowed("They do not want to hear from this actor.")
        receive(sender, activity)
    return HttpResponse(status=202)


def _body_of(request: HttpRequest) -> bytes | None:
    """The body, or nothing where it is too large; what is announced as too large is not read."""
    announced = request.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > MAX_BYTES:
        return None
    try:
        body = request.read(MAX_BYTES + 1)
    except UnreadablePostError:
        return b""
    return body if len(body) <= MAX_BYTES else None


def _proven_sender(request: HttpRequest, activity: Activity, *, body: bytes, ask: Ask) -> Actor | None:
    """The actor of the activity, who signed it; nobody where they are gone and that is what it says.

    Raises:
        Unproven: not signed, or by somebody else.
        OutboundFailure: the key could not be fetched.
    """
    try:
        sender = proven_signer(request, body=body, ask=ask)
    except OwnerGone:
        is_about_themselves = isinstance(activity, Delete) and activity.object_uri == activity.actor_uri
        if not is_about_themselves or not is_gone(activity.actor_uri, ask=ask):
            raise
        return None
    if sender.uri != activity.actor_uri:
        raise Unproven("The key belongs to somebody else than the actor of this activity.")
    if sender.is_local:
        raise Unproven("Nobody here speaks to this server from outside.")
    return sender
