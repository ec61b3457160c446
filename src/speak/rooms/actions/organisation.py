"""The organisation: it gathers voices and has none of its own (promise 1)."""

from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.actions import ProfileWords, make_actor, set_picture, write_profile
from speak.identity.actions.people import free_handle
from speak.identity.models import Actor, ActorKind
from speak.kernel import clock
from speak.rooms.errors import Unfit
from speak.rooms.models import Gathering, Organisation
from speak.rooms.queries.organisation import check_runs_it, the_organisation
from speak.voice.actions import boost, unboost
from speak.voice.models import Post
from speak.voice.queries import passed_on_by
from speak.voice.reach import Reach


@transaction.atomic
def found_organisation(operator: Actor, *, handle: str, words: ProfileWords) -> Organisation:
    """Give this server's people a page of their own, and an address that others can follow.

    Raises:
        NotAllowed: the operator runs no server.
        Unfit: there is one already, or it has no name.
        WrongHandle, HandleTaken: about the handle.
    """
    check_runs_it(operator)
    if the_organisation() is not None:
        raise Unfit(_("This server has an organisation already."))
    if not words.name.strip():
        raise Unfit(_("Say what the organisation is called."))
    actor = make_actor(free_handle(handle), name=words.name.strip(), kind=ActorKind.ORGANIZATION)
    write_profile(actor, words=words)
    return Organisation.objects.create(actor=actor)


@transaction.atomic
def describe_organisation(operator: Actor, *, words: ProfileWords, picture: bytes = b"", shows: str = "") -> None:
    """Call it something else, say better what it is about, give it another picture.

    Raises:
        NotAllowed: the operator runs no server.
        Unfit: there is none yet.
    """
    check_runs_it(operator)
    organisation = the_organisation()
    if organisation is None:
        raise Unfit(_("This server has no organisation yet."))
    write_profile(organisation.actor, words=words)
    if picture:
        set_picture(organisation.actor, data=picture, description=shows)


@transaction.atomic
def agree_to_be_gathered(actor: Actor, *, agrees: bool) -> None:
    """Let the organisation pass on what one says to anyone from now on; or no more, and then none of what it did."""
    if agrees:
        Gathering.objects.get_or_create(actor=actor, defaults={"agreed_at": clock.now()})
        return
    Gathering.objects.filter(actor=actor).delete()
    organisation = the_organisation()
    if organisation is not None:
        for post in passed_on_by(organisation.actor, of=actor):
            unboost(organisation.actor, post=post)


def gather(post: Post) -> None:
    """Pass a post on, where its author agreed: something said to anyone that answers nobody."""
    organisation = the_organisation()
    is_for_all = post.reach == Reach.PUBLIC and not post.in_reply_to_uri and post.is_local
    if organisation and is_for_all and Gathering.objects.filter(actor=post.author).exists():
        boost(organisation.actor, post=post)
