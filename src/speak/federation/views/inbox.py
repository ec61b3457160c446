"""Where other servers put activities, in the order of interop 6.7: size, type, parse, prove, take in."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from speak.federation.asking_now import asking_now
from speak.federation.discovery import is_gone
from speak.federation.discovery.fetching import is_activity_type
from speak.federation.documents import Activity, Announce, Create, Delete, Node, Update, decode, parse_activity
from speak.federation.documents.nodes import MAX_BYTES, host_of
from speak.federation.inbox import ask_its_origin, compare_followers, is_about_a_stranger_gone, receive
from speak.federation.verification import OwnerGone, Unproven, is_signed, proven_author, proven_signer
from speak.federation.views.actors import local_actor
from speak.federation.views.answers import refused, with_refusals
from speak.identity.models import Actor, Block
from speak.kernel.errors import NotAllowed
from speak.kernel.outbound import Ask
from speak.safety.queries import is_refused

# What may be brought by others: what somebody said, anew, or no more. What one asks for oneself, one brings.
BY_PROOF = (Create, Update, Delete, Announce)
REFUSED = "Nothing of this actor or server is taken here."


@dataclass(frozen=True, slots=True)
class Brought:
    """An activity as it came: its document, what that says, and the bytes that were signed."""

    document: Node
    activity: Activity
    body: bytes


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
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        return refused(415, "An activity is sent as it is, not compressed.")
    body = _body_of(request)
    if body is None:
        return refused(413, "An activity has up to 1 MiB.")
    document = decode(body)
    activity = parse_activity(document)
    if is_refused(host_of(activity.actor_uri)):
        raise NotAllowed(REFUSED)
    if is_about_a_stranger_gone(activity):
        return HttpResponse(status=202)
    brought = Brought(document, activity, body)
    sender = _proven_sender(request, brought, ask=ask)
    if sender is not None:
        if sender.suspended_at is not None:
            raise NotAllowed(REFUSED)
        if owner and Block.objects.filter(blocker=owner, blocked=sender).exists():
            raise NotAllowed("They do not want to hear from this actor.")
        receive(sender, activity)
        _compare_followers(request, sender, body=body, ask=ask)
    return HttpResponse(status=202)


def _compare_followers(request: HttpRequest, sender: Actor, *, body: bytes, ask: Ask) -> None:
    """What comes along about followers counts only where the sender brought it: a proof does not cover it."""
    field = request.headers.get("Collection-Synchronization", "")
    if field and is_signed(request) and proven_signer(request, body=body, ask=ask) == sender:
        compare_followers(sender, field)


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


def _proven_sender(request: HttpRequest, brought: Brought, *, ask: Ask) -> Actor | None:
    """The actor of the activity: who signed it, or whose proof stands in it.

    Nobody where they are gone and that is what it says; nor where somebody else brought it without a
    proof, and it concerns what is known here: then its origin is asked.

    Raises:
        Unproven: neither signed by them nor proven to be theirs.
        OutboundFailure: the key could not be fetched.
    """
    activity = brought.activity
    has_proof = brought.document.has("proof") and isinstance(activity, BY_PROOF)
    try:
        sender = proven_signer(request, body=brought.body, ask=ask) if is_signed(request) or not has_proof else None
    except OwnerGone:
        is_about_themselves = isinstance(activity, Delete) and activity.object_uri == activity.actor_uri
        if not is_about_themselves:
            raise
        with asking_now(host_of(activity.actor_uri), ask=ask) as hurried:
            if not is_gone(activity.actor_uri, ask=hurried):
                raise
        return None
    if sender is not None and sender.is_local:
        raise Unproven("Nobody here speaks to this server from outside.")
    if sender is None or (sender.uri != activity.actor_uri and has_proof):
        author = proven_author(brought.document, ask=ask)
        sender = None if author.is_local else author
    if sender is None or sender.uri != activity.actor_uri:
        if sender is not None and ask_its_origin(sender, activity):
            return None
        raise Unproven("The key belongs to somebody else than the actor of this activity.")
    return sender
