"""What those say whose words a story uses: yes, no, and later no more."""

import secrets

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.actions import Occasion, forget_about_page, notify, server_actor
from speak.identity.models import Actor, NotificationKind
from speak.identity.queries import token_hash
from speak.kernel import clock
from speak.rooms.errors import ChangedMeanwhile, Unfit
from speak.rooms.models import Quotation, QuotationState, Story
from speak.rooms.telling import GONE, block_of, digest_of, is_in, text_of
from speak.voice.actions import take_words_out, write_note
from speak.voice.queries import post_of_event
from speak.voice.sanitize import plain_text


def ask_author_of(quotation: Quotation) -> None:
    """Ask the author of these words. The caller holds the transaction, and has read author and teller.

    People here are told; somebody elsewhere gets a note from this server, with a link that only they know.
    """
    quotation.state, quotation.asked_at, quotation.seen = QuotationState.ASKED, clock.now(), ""
    author, teller = quotation.author, quotation.story.teller
    if author.is_local:
        occasion = Occasion(leads_to=page_of(quotation))
        notify(author, kind=NotificationKind.WORDS_ASKED, about=teller, occasion=occasion)
    else:
        token = secrets.token_urlsafe(24)
        quotation.token_hash = token_hash(token)
        _write_to(quotation, f"{settings.SPEAK_URL}/stories/consent/{token}")
    quotation.save(update_fields=["state", "asked_at", "seen", "token_hash"])


@transaction.atomic
def answer_about_words(author: Actor, *, quotation: Quotation, agrees: bool, seen: str = "") -> None:
    """Say yes or no to one's words standing in a story as one saw it; `seen` is the digest of that (`digest_of`).

    Raises:
        Unfit: one was not asked.
        ChangedMeanwhile: one agrees to another text than is there now.
    """
    story = _held(quotation)
    current = Quotation.objects.select_for_update(of=("self",)).get(pk=quotation.pk)
    if current.author_id != author.pk or current.state not in {QuotationState.ASKED, QuotationState.DECLINED}:
        raise Unfit(_("Nobody asks you about these words at present."))
    if agrees and seen != digest_of(story, current):
        raise ChangedMeanwhile(
            _("The story was changed meanwhile, so nothing is agreed yet."),
            hint=_("Read it as it stands now, and say then what you think."),
        )
    current.state = QuotationState.AGREED if agrees else QuotationState.DECLINED
    current.seen = seen if agrees else ""
    current.answered_at = clock.now()
    current.save(update_fields=["state", "seen", "answered_at"])
    forget_about_page(page_of(current), recipient=author)


@transaction.atomic
def take_words_back(author: Actor, *, quotation: Quotation) -> None:
    """Take one's words out of a story, told or not, at any hour. They are gone from it, here and wherever it went.

    Raises:
        Unfit: they are not one's own.
    """
    if quotation.author_id != author.pk:
        raise Unfit(_("Only whoever said these words takes them back."))
    _held(quotation)
    held = Quotation.objects.select_for_update(of=("self",))
    current = held.select_related("story__post", "author").get(pk=quotation.pk)
    _take_back(current)


def words_changed(post_id: int) -> None:
    """Words that do not stand in their post any more stand in no story either. Called inside the transaction."""
    post = post_of_event(post_id)
    text = "" if post.withdrawn_at else plain_text(post.html)
    for quotation in Quotation.objects.filter(post=post_id).exclude(state=QuotationState.TAKEN_BACK):
        if not is_in(quotation.excerpt, text):
            _held(quotation)
            _take_back(quotation)


def page_of(quotation: Quotation) -> str:
    """Where its author sees what is asked of them."""
    return f"/stories/words/{quotation.pk}"


def _held(quotation: Quotation) -> Story:
    """Its story as it is now, which nobody else changes until this transaction ends: always before its words."""
    return Story.objects.select_for_update(of=("self",)).select_related("post").get(pk=quotation.story_id)


def _take_back(quotation: Quotation) -> None:
    block, story = block_of(quotation), quotation.story
    quotation.state, quotation.seen, quotation.excerpt = QuotationState.TAKEN_BACK, "", ""
    quotation.answered_at = clock.now()
    quotation.save(update_fields=["state", "seen", "excerpt", "answered_at"])
    forget_about_page(page_of(quotation))
    if story.post is None or story.post.withdrawn_at:
        return
    left = story.post.source.replace(block, GONE)
    if left == story.post.source:
        left = text_of(story, story.quotations.select_related("author"))
    take_words_out(story.post, source=left)


def _write_to(quotation: Quotation, address: str) -> None:
    """A private note in the server's own name, for the author alone: nobody here can read the link.

    The teller chose their own name, and it calls nobody.
    """
    teller = quotation.story.teller
    words = (
        f"{teller.called} ({teller.url}) would like to tell a story with words of yours. "
        "You see them here in their place, and who would read them; say yes or no, "
        f"and take them back whenever you like: {address}"
    )
    write_note(server_actor(), words=words, readers=(quotation.author,), links=(teller.url, address))
