"""What one can choose below posts, and what was chosen: numbers, for those who may see them, and never who."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from speak.identity.models import Actor
from speak.voice import rules
from speak.voice.models import Choice, Option, Poll, Post, PostKind


@dataclass(frozen=True, slots=True)
class OptionSeen:
    """An answer; `chosen` is nothing to those who do not see the numbers yet."""

    title: str
    chosen: int | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class PollSeen:
    """A poll as one onlooker sees it: numbers once they have chosen themselves, or it is over, or they asked."""

    options: tuple[OptionSeen, ...]
    ends_at: dt.datetime | None
    is_over: bool
    is_multiple: bool
    has_chosen: bool
    may_choose: bool
    is_mine: bool  # they asked
    people: int | None
    own: tuple[int, ...]  # the places of what they chose themselves, as they did


def polls_for(viewer: Actor | None, posts: Iterable[Post]) -> dict[int, PollSeen]:
    """The polls below these posts, by the id of the post: a few queries where there are some, none else."""
    asking = {post.pk: post for post in posts if post.kind == PostKind.QUESTION}
    if not asking:
        return {}
    polls = Poll.objects.filter(post__in=asking).prefetch_related("options")
    mine: list[int] = []
    if viewer is not None:
        own = Choice.objects.filter(chooser=viewer, option__poll__in=asking).order_by("pk")
        mine = list(own.values_list("option", flat=True))
    me = viewer.pk if viewer else None
    return {poll.pk: _seen(poll, viewer, is_author=asking[poll.pk].author_id == me, mine=mine) for poll in polls}


def chosen_by(owner: Actor) -> Iterable[tuple[str, str]]:
    """What somebody chose: the address of the post and the words of the answer, for what they take along."""
    chosen = Option.objects.filter(choices__chooser=owner).order_by("pk")
    return chosen.values_list("poll__post__uri", "title").iterator()


def choices_of_event(chooser_id: int, option_ids: Iterable[int]) -> list[Choice]:
    """What was chosen, with who chose, what and whom they were asked by."""
    wanted = Choice.objects.filter(chooser=chooser_id, option__in=option_ids).order_by("pk")
    return list(wanted.select_related("chooser", "option__poll__post__author"))


def choosers_here(post_id: int) -> list[Actor]:
    """Those with a home here who chose below a post, to tell them that it is over."""
    return list(Actor.objects.filter(choices__option__poll=post_id, domain="", gone_at=None).distinct())


def choosers_elsewhere(post_id: int) -> list[int]:
    """The ids of those on other servers who chose below a post."""
    elsewhere = Actor.objects.filter(choices__option__poll=post_id).exclude(domain="")
    return list(elsewhere.distinct().values_list("pk", flat=True))


def _seen(poll: Poll, viewer: Actor | None, *, is_author: bool, mine: list[int]) -> PollSeen:
    options = list(poll.options.all())
    places = {option.pk: place for place, option in enumerate(options)}
    own = tuple(places[pk] for pk in mine if pk in places)
    has_chosen = bool(own)
    sees = rules.may_see_what_was_chosen(is_author=is_author, has_chosen=has_chosen, is_over=poll.is_over)
    return PollSeen(
        options=tuple(OptionSeen(each.title, each.chosen if sees else None, each.pk in mine) for each in options),
        ends_at=poll.ends_at,
        is_over=poll.is_over,
        is_multiple=poll.is_multiple,
        has_chosen=has_chosen,
        may_choose=viewer is not None and not is_author and not has_chosen and not poll.is_over,
        is_mine=is_author,
        people=poll.people if sees else None,
        own=own,
    )
