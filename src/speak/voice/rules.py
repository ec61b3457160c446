"""Promises about audiences. Pure: no database, no clock, no Django.

The reaches are plain integers here; `reach.Reach` gives them names. Each rule that also exists
as SQL (`queries.readable_by`) is tested against it over every combination.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# What one does with the words of another, and everybody, as `Post.policy` names them.
ANSWER, BOOST, QUOTE, ANYONE = "answer", "boost", "quote", "anyone"
SELF, NAMED, ROOM, HERE, FOLLOWERS, QUIET, PUBLIC = 0, 10, 20, 30, 40, 50, 60


class Leave(StrEnum):
    """Whether somebody may do something with the words of another."""

    NOW = "now"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to a post: all that decides whether they may read it."""

    is_author: bool = False
    is_here: bool = False  # has a home on this server
    is_reader: bool = False  # a readers row names them
    is_audience_owner: bool = False  # the post stays in their audience
    followed_in_time: bool = False  # followed the audience's owner when the audience was fixed, and still does
    is_blocked: bool = False  # they and the author, either way
    is_blocked_by_owner: bool = False  # the audience's owner has blocked them


def may_read(reach: int, standing: Standing) -> bool:
    """Promise 4: who may read a post that has not been withdrawn.

    Said in plain words, and asked by nobody: what is read is read through `queries.readable_by`, its twin in SQL.
    """
    if standing.is_author:
        return True
    if standing.is_blocked or standing.is_blocked_by_owner:
        return False
    return {
        PUBLIC: True,
        QUIET: True,
        FOLLOWERS: standing.followed_in_time or standing.is_audience_owner or standing.is_reader,
        HERE: standing.is_here,
        ROOM: standing.is_reader,
        NAMED: standing.is_reader,
        SELF: False,
    }[reach]


def may_boost(reach: int) -> bool:
    """A boost never widens: only what anyone may read can be passed on."""
    return reach in {QUIET, PUBLIC}


def leave_to_quote(preference: str, *, is_follower: bool) -> Leave:
    """What somebody here lets others do with their open words, by their preference (`identity.models.Quoting`)."""
    return {
        "anyone": Leave.NOW,
        "followers": Leave.NOW if is_follower else Leave.ASK,
        "ask": Leave.ASK,
        "nobody": Leave.NO,
    }[preference]


def may_be_quoted(reach: int, said: Leave) -> Leave:
    """A quote never widens: only what anyone may read is shown inside other words, and then as its author `said`."""
    return said if reach in {QUIET, PUBLIC} else Leave.NO


def audience_to_answer(reach: int, *, is_own: bool) -> int:
    """The reach preselected for an answer: the smallest sensible one.

    To something public one answers openly but without announcing it; to anything narrower one
    answers those who can read it.
    """
    if reach in {QUIET, PUBLIC}:
        return PUBLIC if is_own and reach == PUBLIC else QUIET
    return reach


def next_smaller(chosen: str, offered: Sequence[str]) -> str:
    """The audience before `chosen` among those that are offered, the smallest first; the smallest stays."""
    place = offered.index(chosen) if chosen in offered else 0
    return offered[max(place - 1, 0)]


def widens(answered: int, chosen: int, *, stays_in_thread: bool) -> bool:
    """Whether an answer with audience `chosen` could reach somebody who cannot read what it answers.

    `stays_in_thread`: its audience is exactly that of what it answers. An answer to named people
    (`chosen` NAMED without staying) is checked name by name by the caller, not here.
    """
    if stays_in_thread or chosen == SELF or answered in {QUIET, PUBLIC}:
        return False
    return chosen != NAMED and not (chosen == HERE and answered == HERE)


def reach_brought(was: int, *, open_as: int, followers_as: int) -> int:
    """Who may read here what was said elsewhere to an audience `was`: never more people than there.

    `open_as` is what its author chose for what anyone could read, `followers_as` for what was for their followers
    there: those here are other people, so it is a choice of its own. All the rest is for its author alone.
    """
    if was in {QUIET, PUBLIC}:
        return min(open_as, was)
    return FOLLOWERS if was == FOLLOWERS == followers_as else SELF


def may_author(kind: str) -> bool:
    """Promise 1: words are a person's, or a service's that signs its own name; no group or organisation has any."""
    return kind in {"Person", "Service", "Application"}


def may_change_words(*, is_author: bool, is_withdrawn: bool) -> bool:
    """Promise 1: nobody else, whatever their role, changes what somebody said."""
    return is_author and not is_withdrawn


def may_see_what_was_chosen(*, is_author: bool, has_chosen: bool, is_over: bool) -> bool:
    """How often each answer of a poll was chosen: nobody is led by the others before they chose themselves."""
    return is_author or has_chosen or is_over


def leaves_the_server(reach: int) -> bool:
    """Whether copies may be sent to other servers."""
    return reach in {NAMED, FOLLOWERS, QUIET, PUBLIC}
