"""Asking with answers to choose from, and choosing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import check_may_speak
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid
from speak.kernel.events import emit
from speak.voice.errors import NotThere, NotYours
from speak.voice.events import OptionsChosen, PollEnded, PollMoved
from speak.voice.models import Choice, Option, Poll, Post
from speak.voice.queries.readable import readable_by

FEWEST_OPTIONS, MOST_OPTIONS, MAX_OPTION = 2, 8, 100
SHORTEST, LONGEST = dt.timedelta(minutes=5), dt.timedelta(days=31)
# How many polls are looked at in one go.
BATCH = 100


@dataclass(frozen=True, slots=True)
class PollWords:
    """What one can choose, and for how long; lasts from the moment it is said."""

    options: tuple[str, ...]
    lasts: dt.timedelta
    is_multiple: bool = False

    def as_kept(self) -> dict[str, object]:
        """What a draft keeps of it."""
        return {"options": self.options, "lasts": int(self.lasts.total_seconds()), "is_multiple": self.is_multiple}

    @classmethod
    def kept(cls, kept: dict[str, Any]) -> "PollWords":
        """What a draft kept."""
        return cls(tuple(kept["options"]), dt.timedelta(seconds=kept["lasts"]), is_multiple=kept["is_multiple"])


@dataclass(frozen=True, slots=True)
class IncomingPoll:
    """A poll of another server: each answer with how often it was chosen, as that server says."""

    options: tuple[tuple[str, int], ...]
    is_multiple: bool = False
    ends_at: dt.datetime | None = None
    people: int = 0


def check_poll(words: PollWords) -> None:
    """Whether one can choose.

    Raises:
        Invalid: too few or too many answers, an empty one, one that is there twice, or a wrong time.
    """
    titles = [title.strip() for title in words.options]
    if not FEWEST_OPTIONS <= len(titles) <= MOST_OPTIONS:
        raise Invalid(
            _("There are %(fewest)d to %(most)d answers to choose from.")
            % {"fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS}
        )
    if not all(titles) or max(map(len, titles)) > MAX_OPTION:
        raise Invalid(
            ngettext(
                "Each answer has 1 to %(most)d character.", "Each answer has 1 to %(most)d characters.", MAX_OPTION
            )
            % {"most": MAX_OPTION}
        )
    if len({title.casefold() for title in titles}) < len(titles):
        raise Invalid(_("Two of the answers are the same."))
    if not SHORTEST <= words.lasts <= LONGEST:
        raise Invalid(_("One can choose for five minutes at least, and a month at most."))


def put_to_choice(post: Post, words: PollWords) -> None:
    """Let others choose below a post that is being said; the caller holds the transaction, and has checked it."""
    poll = Poll.objects.create(post=post, ends_at=clock.now() + words.lasts, is_multiple=words.is_multiple)
    list_options(poll, [(title.strip(), 0) for title in words.options])


def change_poll(post: Post, words: PollWords) -> None:
    """Other answers, checked: what was chosen among the earlier ones is void. The same answers change nothing."""
    poll = Poll.objects.filter(post=post).first()
    titles = [title.strip() for title in words.options]
    if poll is None:
        put_to_choice(post, words)
    elif titles != [option.title for option in poll.options.all()] or poll.is_multiple != words.is_multiple:
        poll.delete()
        put_to_choice(post, words)


@transaction.atomic
def choose(chooser: Actor, *, post: Post, positions: Sequence[int]) -> Poll:
    """Choose among the answers below a post, by their places, from 0: one of them, once, or several where one may.

    Raises:
        NotThere: the post is not there for the chooser, or asks nothing.
        NotYours: it is the chooser's own.
        Invalid: it is over, they chose already, or there is no such answer, or several where one is asked for.
    """
    poll = _open_poll(chooser, post)
    wanted = sorted(set(positions))
    options = {option.position: option for option in poll.options.all()}
    if not wanted or any(position not in options for position in wanted):
        raise Invalid(_("Choose one of the answers."))
    if len(wanted) > 1 and not poll.is_multiple:
        raise Invalid(_("Choose one answer only."))
    earlier = _earlier(poll, chooser)
    chosen = [options[position] for position in wanted if options[position].pk not in earlier]
    if earlier and not (chosen and poll.is_multiple):
        raise Invalid(_("You have chosen already."))
    _count(poll, chosen, chooser=chooser, is_first=not earlier)
    emit(OptionsChosen(chooser_id=chooser.pk, option_ids=tuple(option.pk for option in chosen)))
    return poll


@transaction.atomic
def receive_choice(chooser: Actor, *, post: Post, title: str) -> bool:
    """Somebody elsewhere chose an answer, by its words; says whether it counts.

    Each answer arrives by itself: where one may choose several, each counts once; else the first alone.
    """
    try:
        poll = _open_poll(chooser, post)
    except (NotThere, NotYours, Invalid):
        return False
    option = poll.options.filter(title=title.strip()).first()
    earlier = _earlier(poll, chooser)
    if option is None or option.pk in earlier or (earlier and not poll.is_multiple):
        return False
    _count(poll, [option], chooser=chooser, is_first=not earlier)
    return True


def receive_poll(post: Post, incoming: IncomingPoll) -> None:
    """Keep a poll of another server as it stands there now; other answers void what was chosen here."""
    poll, _is_new = Poll.objects.select_for_update().get_or_create(post=post)
    poll.ends_at, poll.is_multiple, poll.people = incoming.ends_at, incoming.is_multiple, incoming.people
    poll.save(update_fields=["ends_at", "is_multiple", "people"])
    known = {option.title: option for option in poll.options.all()}
    titles = [title for title, _ in incoming.options]
    if list(known) == titles:
        for title, chosen in incoming.options:
            Option.objects.filter(pk=known[title].pk).update(chosen=chosen)
        return
    poll.options.all().delete()
    list_options(poll, incoming.options)


@transaction.atomic
def tell_of_polls_that_moved() -> int:
    """Let other servers know what was chosen here since they were told; returns of how many polls."""
    moved = list(Poll.objects.select_for_update().filter(is_news=True).values_list("pk", flat=True)[:BATCH])
    Poll.objects.filter(pk__in=moved).update(is_news=False)
    for post_id in moved:
        emit(PollMoved(post_id=post_id))
    return len(moved)


@transaction.atomic
def end_due_polls() -> int:
    """End the polls whose time is over; returns how many. Those who asked or chose are told by what follows."""
    due = Poll.objects.select_for_update().filter(ended_at=None, ends_at__lte=clock.now())
    ended = list(due.values_list("pk", flat=True)[:BATCH])
    Poll.objects.filter(pk__in=ended).update(ended_at=clock.now(), is_news=False)
    for post_id in ended:
        emit(PollEnded(post_id=post_id))
    return len(ended)


def _open_poll(chooser: Actor, post: Post) -> Poll:
    """The poll, held until the transaction ends, if `chooser` may choose in it now."""
    check_may_speak(chooser)
    poll = Poll.objects.select_for_update().filter(post=post).first()
    if poll is None or not readable_by(chooser).filter(pk=post.pk).exists():
        raise NotThere(_("There is nothing to choose from here."))
    if post.author_id == chooser.pk:
        raise NotYours(_("The others choose; you asked."))
    if poll.is_over:
        raise Invalid(_("The time to choose is over."))
    return poll


def _earlier(poll: Poll, chooser: Actor) -> set[int]:
    """The answers, by their ids, that somebody chose before."""
    return set(Choice.objects.filter(option__poll=poll, chooser=chooser).values_list("option", flat=True))


def _count(poll: Poll, chosen: Sequence[Option], *, chooser: Actor, is_first: bool) -> None:
    Choice.objects.bulk_create(Choice(option=option, chooser=chooser) for option in chosen)
    Option.objects.filter(pk__in=[option.pk for option in chosen]).update(chosen=F("chosen") + 1)
    is_ours = poll.post.author.is_local
    Poll.objects.filter(pk=poll.pk).update(people=F("people") + int(is_first), is_news=is_ours)


def list_options(poll: Poll, options: Sequence[tuple[str, int]]) -> None:
    """Write down the answers of a poll, in their order, each with how often it was chosen."""
    Option.objects.bulk_create(
        Option(poll=poll, position=position, title=title, chosen=chosen)
        for position, (title, chosen) in enumerate(options)
    )
