"""What somebody keeps about others, for themselves alone."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, ngettext

from speak.identity.actions.follows import refuse_follow, unfollow
from speak.identity.errors import WrongServer
from speak.identity.models import Actor, Follow, Note, Notification, ServerBlock
from speak.kernel.errors import TooMuch

MAX_NOTE = 2_000


def note_about(owner: Actor, *, about: Actor, words: str) -> None:
    """Keep a few words about somebody; none forget those that were there.

    Raises:
        TooMuch: more than 2,000 characters.
    """
    kept = words.strip()
    if len(kept) > MAX_NOTE:
        raise TooMuch(
            ngettext("A note has up to %(most)d character.", "A note has up to %(most)d characters.", MAX_NOTE)
            % {"most": MAX_NOTE}
        )
    if kept:
        Note.objects.update_or_create(owner=owner, about=about, defaults={"words": kept})
    else:
        Note.objects.filter(owner=owner, about=about).delete()


@transaction.atomic
def block_server(owner: Actor, *, domain: str) -> None:
    """Nobody of this server is brought before its owner; the follows between them end. Nobody there is told who.

    Raises:
        WrongServer: it is no name of another server.
    """
    name = domain.strip().lower().rstrip(".")
    if not name or "." not in name or "/" in name or " " in name or name == settings.SPEAK_DOMAIN:
        raise WrongServer(
            gettext("That is no name of another server."), hint=gettext("Write what stands behind the @ of an address.")
        )
    _, is_new = ServerBlock.objects.get_or_create(owner=owner, domain=name)
    if not is_new:
        return
    for follow in Follow.objects.filter(follower=owner, target__domain=name).select_related("target"):
        unfollow(owner, target=follow.target)
    for follow in Follow.objects.filter(target=owner, follower__domain=name).select_related("follower"):
        refuse_follow(owner, follower=follow.follower)
    Notification.objects.filter(recipient=owner, about__domain=name).delete()


def unblock_server(owner: Actor, *, domain: str) -> None:
    """They may be heard again; follows do not come back by themselves."""
    ServerBlock.objects.filter(owner=owner, domain=domain.strip().lower().rstrip(".")).delete()
