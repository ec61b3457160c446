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
from speak.rooms.telling import digest_of, is_in, places_in, text_of
from speak.voice.actions import hold_post, show_words_of_others, write_note
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
    is_asked = current.state in {QuotationState.ASKED, QuotationState.DECLINED} and not _is_gone(story)
    if current.author_id != author.pk or not is_asked:
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
    if agrees:
        _show(story, forgets_earlier=False)


@transaction.atomic
def take_words_back(author: Actor, *, quotation: Quotation) -> None:
    """Take one's words out of a story, told or not, at any hour. They are gone from it, here and wherever it went.

    Raises:
        Unfit: they are not one's own.
    """
    if quotation.author_id != author.pk:
        raise Unfit(_("Only whoever said these words takes them back."))
    story = _held(quotation)
    current = Quotation.objects.select_for_update(of=("self",)).get(pk=quotation.pk)
    current.story = story
    _take_back(current)


def words_changed(post_id: int) -> None:
    """Words that do not stand in their post any more stand in no story either. Called inside the transaction."""
    post = post_of_event(post_id)
    text = "" if post.withdrawn_at else plain_text(post.html)
    for quotation in Quotation.objects.filter(post=post_id).exclude(state=QuotationState.TAKEN_BACK):
        if not is_in(quotation.excerpt, text):
            quotation.story = _held(quotation)
            _take_back(quotation)


def story_changed(post_id: int) -> None:
    """A told story that its teller changes is another one: whoever agreed to the first is asked about this one.

    Their words leave it at once, and its earlier wordings with them. Called inside the transaction, whenever a post
    was edited or withdrawn: where nothing else stands around the words than what was agreed to, nothing follows, and
    of a story that is gone nobody is asked any more.
    """
    story = Story.objects.select_for_update(of=("self",)).select_related("teller").filter(post=post_id).first()
    if story is None:
        return
    story.post = post_of_event(post_id)
    if story.post.withdrawn_at:
        for quotation in story.quotations.filter(state=QuotationState.ASKED):
            forget_about_page(page_of(quotation))
        return
    story.title, story.source = story.post.title or story.title, story.post.source
    story.save(update_fields=["title", "source"])
    standing, is_less = places_in(story.source), False
    held = story.quotations.select_for_update(of=("self",)).select_related("author", "story__teller")
    for quotation in held.exclude(author=story.teller).exclude(state=QuotationState.TAKEN_BACK):
        had_agreed = quotation.state == QuotationState.AGREED
        if quotation.pk not in standing:
            forget_about_page(page_of(quotation))
            quotation.delete()
            is_less |= had_agreed
        elif had_agreed and quotation.seen != digest_of(story, quotation):
            ask_author_of(quotation)
            is_less = True
    _show(story, forgets_earlier=is_less)


def page_of(quotation: Quotation) -> str:
    """Where its author sees what is asked of them."""
    return f"/stories/words/{quotation.pk}"


def _held(quotation: Quotation) -> Story:
    """Its story as it is now, which nobody else changes until this transaction ends: always before its words.

    Of a told one the article comes first, as it does for whoever edits that.
    """
    article = Story.objects.filter(pk=quotation.story_id).values_list("post", flat=True).first()
    if article:
        hold_post(article)
    return Story.objects.select_for_update(of=("self",)).select_related("post").get(pk=quotation.story_id)


def _take_back(quotation: Quotation) -> None:
    quotation.state, quotation.seen, quotation.excerpt = QuotationState.TAKEN_BACK, "", ""
    quotation.answered_at = clock.now()
    quotation.save(update_fields=["state", "seen", "excerpt", "answered_at"])
    forget_about_page(page_of(quotation))
    _show(quotation.story, forgets_earlier=True)


def _show(story: Story, *, forgets_earlier: bool) -> None:
    """The article, where there is one, reads from now on with the words of those who agree."""
    if story.post:
        shown = text_of(story, story.quotations.select_related("author"))
        show_words_of_others(story.post, shown=shown, forgets_earlier=forgets_earlier)


def _is_gone(story: Story) -> bool:
    return story.told_at is not None and (story.post is None or story.post.withdrawn_at is not None)


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
