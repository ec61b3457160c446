"""How people come to have a home here."""

import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity import queries
from speak.identity.actions.people import MAX_NAME, free_handle, let_run_server, make_actor, taken
from speak.identity.errors import LinkSpent, TooLong
from speak.identity.events import PersonJoined
from speak.identity.models import Actor, JoinLink, User
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotAllowed, NotFound
from speak.kernel.events import emit


@transaction.atomic
def make_person(handle: str, *, name: str, password: str, email: str = "", actor_id: int | None = None) -> Actor:
    """Somebody who can sign in, with a home in their own name.

    Raises:
        WrongHandle, HandleTaken: about the handle.
        Invalid: the password is too easy to guess; an empty one means that none opens the door.
    """
    free = free_handle(handle)
    user = User(username=free.lower(), email=email)
    if password:
        _set_checked_password(user, password)
    return _make(user, free, name=name, actor_id=actor_id)


@transaction.atomic
def make_person_as_written(
    handle: str, *, name: str, password: str, email: str = "", actor_id: int | None = None
) -> Actor:
    """The same, as whoever runs this place wrote it in a file: a reserved handle and an easy password hold, too.

    Raises:
        WrongHandle, HandleTaken: about the handle.
    """
    free = free_handle(handle, may_be_reserved=True)
    user = User(username=free.lower(), email=email)
    if password:
        user.set_password(password)
    return _make(user, free, name=name, actor_id=actor_id)


def _make(user: User, handle: str, *, name: str, actor_id: int | None) -> Actor:
    if len(name) > MAX_NAME:
        raise TooLong(
            ngettext("A name has up to %(most)d character.", "A name has up to %(most)d characters.", MAX_NAME)
            % {"most": MAX_NAME}
        )
    if not user.password:
        user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
            actor = make_actor(handle, name=name.strip(), user=user, actor_id=actor_id)
    except IntegrityError as error:
        if not User.objects.filter(username=user.username).exists():
            raise
        raise taken(handle) from error
    emit(PersonJoined(actor_id=actor.pk))
    return actor


@transaction.atomic
def set_password(actor: Actor, *, password: str) -> None:
    """A new password for somebody here who has lost theirs; every place they were signed in is signed out.

    Raises:
        NotFound: they cannot sign in here at all.
        Invalid: the password is too easy to guess.
    """
    user = actor.user
    if user is None:
        raise NotFound(_("%(name)s cannot sign in here.") % {"name": actor.called})
    _set_checked_password(user, password)
    user.save(update_fields=["password"])


def _set_checked_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    user.set_password(password)


@transaction.atomic
def join(token: str, *, handle: str, name: str, password: str) -> Actor:
    """Join by link, or without one where this place is open to all.

    Raises:
        LinkSpent: the link does not open any more.
        NotAllowed: there is no link, and one is needed.
        WrongHandle, HandleTaken, Invalid: as `make_person`.
    """
    if not token and not settings.SPEAK_OPEN:
        raise NotAllowed(_("People join this place by invitation."), hint=_("Ask somebody here for a link."))
    link = queries.join_link(token) if token else None
    actor = make_person(handle, name=name, password=password)
    if link:
        spent = JoinLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now(), used_by=actor)
        if not spent:
            raise LinkSpent(_("This link has just been used by somebody else."))
        if link.is_for_operator:
            let_run_server(actor)
    return actor


def make_join_link(made_by: Actor | None, *, for_whom: str = "", is_for_operator: bool = False) -> str:
    """A link that opens once, within a week; returns its address. The token is shown here and never again."""
    token = secrets.token_urlsafe(24)
    JoinLink.objects.create(
        token_hash=queries.token_hash(token),
        made_by=made_by,
        for_whom=for_whom.strip()[:200],
        is_for_operator=is_for_operator,
    )
    return f"{settings.SPEAK_URL}/join/{token}"
