"""Actors whose home is here: made, renamed, ended."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from speak.identity import queries
from speak.identity.errors import HandleTaken
from speak.identity.events import ActorGone, ProfileChanged
from speak.identity.handles import Address, check_handle
from speak.identity.models import Actor, ActorKind, Follow, FormerHandle, Key, KeyKind, Notification, User
from speak.kernel import clock, keys
from speak.kernel.errors import NotAllowed
from speak.kernel.events import emit
from speak.kernel.ids import new_id

MAX_NAME = 100


def make_actor(
    handle: str, *, name: str, user: User | None = None, kind: ActorKind = ActorKind.PERSON, actor_id: int | None = None
) -> Actor:
    """An actor with a home here: addresses that never change, and keys. The caller holds the transaction."""
    identifier = actor_id or new_id()
    uri = f"{settings.SPEAK_URL}/actors/{identifier}"
    actor = Actor.objects.create(
        id=identifier,
        user=user,
        kind=kind,
        handle=handle,
        handle_key=handle.lower(),
        name=name[:MAX_NAME],
        uri=uri,
        url=f"{settings.SPEAK_URL}/@{handle}",
        inbox_url=f"{uri}/inbox",
        shared_inbox_url=f"{settings.SPEAK_URL}/inbox",
        outbox_url=f"{uri}/outbox",
        followers_url=f"{uri}/followers",
        following_url=f"{uri}/following",
        featured_url=f"{uri}/featured",
    )
    renew_keys(actor)
    return actor


def let_run_server(actor: Actor, *, runs: bool = True) -> None:
    """Let somebody run this server, or no longer.

    Raises:
        NotAllowed: their home is elsewhere, or nobody signs in as them.
    """
    if not actor.is_local or actor.user is None:
        raise NotAllowed(_("Only somebody whose home is here can run this server."))
    actor.user.is_staff = runs
    actor.user.save(update_fields=["is_staff"])


def renew_keys(actor: Actor) -> None:
    """A fresh RSA key and a fresh Ed25519 key; older ones of this actor are thrown away."""
    Key.objects.filter(actor=actor).delete()
    for kind, fragment, pair in (
        (KeyKind.RSA, "main-key", keys.make_rsa()),
        (KeyKind.ED25519, "ed25519-key", keys.make_ed25519()),
    ):
        Key.objects.create(
            actor=actor,
            kind=kind,
            key_uri=f"{actor.uri}#{fragment}",
            private_pem=pair.private_pem,
            public_pem=pair.public_pem,
        )


@transaction.atomic
def change_keys(actor: Actor) -> None:
    """Sign with fresh keys from now on; other servers are told, and ask for them when a signature does not fit."""
    renew_keys(actor)
    actor.changed_at = clock.now()
    actor.save(update_fields=["changed_at"])
    emit(ProfileChanged(actor_id=actor.pk))


def free_handle(wanted: str, *, may_be_reserved: bool = False) -> str:
    """The handle, if it may be taken here.

    Raises:
        WrongHandle: not of the grammar, or reserved.
        HandleTaken: somebody has it, or had it.
    """
    handle = check_handle(wanted, may_be_reserved=may_be_reserved)
    if queries.actor_at(Address(handle.lower(), "")):
        raise taken(handle)
    return handle


def taken(handle: str) -> HandleTaken:
    """That a handle is somebody else's: looked up before, or found out when both took it at one moment."""
    return HandleTaken(
        _("“%(handle)s” is somebody else's already.") % {"handle": handle}, hint=_("Choose another handle.")
    )


@transaction.atomic
def rename_handle(actor: Actor, *, handle: str) -> Actor:
    """Be called something else. The old handle goes on resolving here and stays one's own."""
    wanted = check_handle(handle)
    holder = queries.actor_at(Address(wanted.lower(), ""))
    if holder and holder != actor:
        raise taken(wanted)
    if wanted == actor.handle:
        return actor
    FormerHandle.objects.filter(actor=actor, handle_key=wanted.lower()).delete()
    if wanted.lower() != actor.handle_key:
        FormerHandle.objects.create(actor=actor, handle_key=actor.handle_key)
    actor.handle, actor.handle_key = wanted, wanted.lower()
    actor.url = f"{settings.SPEAK_URL}/@{wanted}"
    actor.changed_at = clock.now()
    try:
        with transaction.atomic():
            actor.save(update_fields=["handle", "handle_key", "url", "changed_at"])
    except IntegrityError as error:
        raise taken(wanted) from error
    if actor.user:
        User.objects.filter(actor=actor).update(username=actor.handle_key)
    emit(ProfileChanged(actor_id=actor.pk))
    return actor


def server_actor() -> Actor:
    """The actor that signs what the server itself asks of others (FEP-2677); made when first needed."""
    handle = urlsplit(settings.SPEAK_URL).hostname or "localhost"
    ours = Actor.objects.filter(domain="", kind=ActorKind.APPLICATION)
    found = ours.first()
    if found:
        return found
    try:
        with transaction.atomic():
            return make_actor(handle, name=settings.SPEAK_NAME, kind=ActorKind.APPLICATION)
    except IntegrityError:
        return ours.get()  # somebody else needed it at the same moment


@transaction.atomic
def end_actor(actor: Actor) -> None:
    """An actor of another server is no more: nobody follows them, they follow nobody."""
    actor.gone_at = clock.now()
    actor.save(update_fields=["gone_at"])
    Follow.objects.filter(follower=actor).delete()
    Follow.objects.filter(target=actor).delete()
    Notification.objects.filter(about=actor).delete()
    Key.objects.filter(actor=actor).delete()
    emit(ActorGone(actor_id=actor.pk))
