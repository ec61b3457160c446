"""Telling what happened, with the words of others; what they say to it is in `consent`."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import forget_about_page
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotFound
from speak.rooms.actions.consent import ask_author_of, page_of
from speak.rooms.errors import NotAgreed, Unfit
from speak.rooms.models import Quotation, QuotationState, Room, Story
from speak.rooms.telling import digest_of, is_in, place_of, places_in, text_of
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.queries import post_for
from speak.voice.reach import Reach
from speak.voice.sanitize import plain_text

MAX_TITLE, MAX_SOURCE, MAX_EXCERPT, MOST_WORDS = 300, 50_000, 3_000, 30


@dataclass(frozen=True, slots=True)
class StoryWords:
    """What a teller writes around the words of others, and for whom."""

    title: str
    source: str
    reach: Reach = Reach.HERE
    room: int = 0


@transaction.atomic
def write_story(teller: Actor, *, words: StoryWords, story: Story | None = None) -> Story:
    """Begin a story, or change one that is not told yet. Whoever agreed to something else is to be asked again.

    Raises:
        Unfit: without a title, too long, or told already.
    """
    current = _own(teller, story) if story else Story(teller=teller)
    if not words.title.strip() or len(words.title) > MAX_TITLE or len(words.source) > MAX_SOURCE:
        raise Unfit(
            _("A story has a title of up to %(title)d characters, and up to %(source)d around the words.")
            % {"title": MAX_TITLE, "source": MAX_SOURCE}
        )
    current.title, current.source = words.title.strip(), words.source.replace("\r\n", "\n")
    current.reach, current.room, current.changed_at = words.reach, words.room, clock.now()
    current.save()
    for quotation in current.quotations.filter(state=QuotationState.AGREED).exclude(author=teller):
        if quotation.seen != digest_of(current, quotation):
            quotation.state, quotation.seen = QuotationState.CHOSEN, ""
            quotation.save(update_fields=["state", "seen"])
    return current


@transaction.atomic
def choose_words(teller: Actor, *, story: Story, post_id: int, excerpt: str) -> Quotation:
    """Use words of a post that the teller can read. One's own need no asking.

    Raises:
        NotThere: no such post, or none for the teller.
        Unfit: these words do not stand in it; or too many, or too long.
    """
    current = _own(teller, story)
    post = post_for(teller, post_id)
    words = "\n".join(line.strip() for line in excerpt.strip().splitlines())
    if not is_in(words, plain_text(post.html)) or len(words) > MAX_EXCERPT:
        raise Unfit(_("These words do not stand in that post."), hint=_("Copy them as they are, or use all of it."))
    if current.quotations.count() >= MOST_WORDS:
        raise Unfit(
            ngettext("A story holds up to %(most)d quotation.", "A story holds up to %(most)d quotations.", MOST_WORDS)
            % {"most": MOST_WORDS}
        )
    state = QuotationState.AGREED if post.author_id == teller.pk else QuotationState.CHOSEN
    quotation = Quotation.objects.create(story=current, post=post, author=post.author, excerpt=words, state=state)
    source = f"{current.source.rstrip()}\n\n{place_of(quotation)}\n".lstrip("\n")
    write_story(teller, words=StoryWords(current.title, source, Reach(current.reach), current.room), story=current)
    return quotation


@transaction.atomic
def leave_words_out(teller: Actor, *, quotation: Quotation) -> None:
    """Do without these words; whoever was asked is asked no more."""
    current = _own(teller, quotation.story)
    source = current.source.replace(place_of(quotation), "")
    forget_about_page(page_of(quotation))
    quotation.delete()
    write_story(teller, words=StoryWords(current.title, source, Reach(current.reach), current.room), story=current)


@transaction.atomic
def ask_for_words(teller: Actor, *, story: Story) -> None:
    """Ask everybody whose words are chosen and who has not been asked about them as they stand now."""
    current = _own(teller, story)
    for quotation in current.quotations.filter(state=QuotationState.CHOSEN).select_related("author", "story__teller"):
        ask_author_of(quotation)


@transaction.atomic
def tell_story(teller: Actor, *, story: Story) -> Post:
    """Tell it: an article of the teller's, to whom they chose.

    Raises:
        NotAgreed: somebody whose words it uses has not agreed to it as it stands.
        Refusal: as `publish_post`.
    """
    # The room first: whoever leaves one holds it, and then takes their words out of stories.
    Room.objects.select_for_update().filter(pk=story.room).first()
    current = _own(teller, story)
    quotations = list(current.quotations.select_related("author"))
    standing = places_in(current.source)
    waiting = [each for each in quotations if each.pk in standing and each.state != QuotationState.AGREED]
    if waiting:
        names = ", ".join(sorted({each.author.called for each in waiting}))
        raise NotAgreed(
            _("Not everybody has agreed yet: %(names)s.") % {"names": names},
            hint=_("Wait for them, or leave their words out."),
        )
    words = Words(current.source, title=current.title, shown=text_of(current, quotations))
    audience = Audience(Reach(current.reach), room=current.room)
    current.post = publish_post(teller, words=words, audience=audience)
    current.told_at = clock.now()
    current.save(update_fields=["post", "told_at"])
    return current.post


@transaction.atomic
def drop_story(teller: Actor, *, story: Story) -> None:
    """Forget a story that was not told."""
    current = _own(teller, story)
    for quotation in current.quotations.all():
        forget_about_page(page_of(quotation))
    current.delete()


def _own(teller: Actor, story: Story) -> Story:
    current = Story.objects.select_for_update().filter(pk=story.pk, teller=teller).first()
    if current is None:
        raise NotFound(_("There is no such story, or it is somebody else's."))
    if current.told_at:
        raise Unfit(_("This story is told."), hint=_("Edit the article itself, or withdraw it."))
    return current
