"""What a person does with what other sites say to them: read it, show it, hide it, hear nothing more of a site."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.federation.models import MentionKind, MentionState, SiteBlock, SiteMention
from speak.identity.actions import forget_notifications
from speak.identity.models import Actor, NotificationKind
from speak.kernel.errors import NotFound
from speak.voice.models import Post
from speak.voice.queries import readable_by

# Thanks and passing on are told to whom they are for, and shown to nobody (promise 6).
WORDS = (MentionKind.REPLY, MentionKind.MENTION)


def awaiting(recipient: Actor) -> QuerySet[SiteMention]:
    """What other sites said to somebody that they have neither shown nor hidden, oldest first."""
    return _of(recipient).filter(state=MentionState.HELD).order_by("pk")


def decided(recipient: Actor) -> QuerySet[SiteMention]:
    """What they have shown or hidden, newest first."""
    return _of(recipient).filter(state__in=(MentionState.SHOWN, MentionState.HIDDEN)).order_by("-pk")


def kept_of(recipient: Actor) -> QuerySet[SiteMention]:
    """All that other sites said to somebody and that has been read, oldest first."""
    return _of(recipient).exclude(state=MentionState.UNSEEN).order_by("pk")


def blocked_sites(actor: Actor) -> list[str]:
    """The sites that somebody wants to hear nothing of, in the order of the alphabet."""
    return list(SiteBlock.objects.filter(actor=actor).order_by("host").values_list("host", flat=True))


def shown_below(viewer: Actor | None, post: Post) -> list[SiteMention]:
    """What other sites said to a post and its author has shown, oldest first, for whoever may read the post."""
    readable = readable_by(viewer).filter(pk=post.pk)
    shown = SiteMention.objects.filter(post__in=readable, state=MentionState.SHOWN, kind__in=WORDS)
    return list(shown.select_related("post__author", "recipient").order_by("pk")[:100])


@transaction.atomic
def show(recipient: Actor, mention_id: int) -> SiteMention:
    """Let everybody who can read what it answers read it too.

    Raises:
        NotFound: there is none for this person, or none with words below a post.
    """
    mention = _own(recipient, mention_id)
    if mention.post_id is None or mention.kind not in WORDS:
        raise NotFound(_("This is for you alone; there is nothing to show."))
    return _decide(mention, MentionState.SHOWN)


@transaction.atomic
def hide(recipient: Actor, mention_id: int) -> SiteMention:
    """Show it to nobody, whatever the site says anew.

    Raises:
        NotFound: there is none for this person.
    """
    return _decide(_own(recipient, mention_id), MentionState.HIDDEN)


@transaction.atomic
def block_site(actor: Actor, host: str) -> None:
    """Hear nothing more of a site, and forget what it said; the site is not told."""
    SiteBlock.objects.get_or_create(actor=actor, host=host)
    SiteMention.objects.filter(recipient=actor, host=host).delete()


@transaction.atomic
def unblock_site(actor: Actor, host: str) -> None:
    """Hear it again, from now on."""
    SiteBlock.objects.filter(actor=actor, host=host).delete()


@transaction.atomic
def forget_sites(domain: str) -> None:
    """This server has nothing to do with a site any more, and those below its name."""
    SiteMention.objects.filter(Q(host=domain) | Q(host__endswith=f".{domain}")).delete()


@transaction.atomic
def forget_sites_of(actor: Actor) -> None:
    """What sites said to somebody who left, and whom they did not want to hear."""
    SiteMention.objects.filter(recipient=actor).delete()
    SiteBlock.objects.filter(actor=actor).delete()


def forget_mentions_of(post: Post) -> None:
    """A post was taken back, and with it what was said to it here."""
    SiteMention.objects.filter(post=post).delete()


def _of(recipient: Actor) -> QuerySet[SiteMention]:
    return SiteMention.objects.filter(recipient=recipient).select_related("post__author", "recipient")


def _own(recipient: Actor, mention_id: int) -> SiteMention:
    found = _of(recipient).exclude(state=MentionState.UNSEEN).filter(pk=mention_id).first()
    if found is None:
        raise NotFound(_("There is nothing here, or nothing for you."))
    return found


def _decide(mention: SiteMention, state: MentionState) -> SiteMention:
    mention.state = state
    mention.save(update_fields=["state"])
    if not awaiting(mention.recipient).exists():
        forget_notifications(mention.recipient, kinds=[NotificationKind.SITE_MENTION])
    return mention
