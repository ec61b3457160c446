"""Promises about rooms. Pure: no database, no clock, no Django."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

CIRCLE, DEFAULT_CAP, LARGEST_CAP, SMALLEST_CAP = 5, 8, 12, 2
DEFAULT_WEEKS, MOST_WEEKS = 12, 26
LAST_ROUND, MEETING_LASTS = dt.timedelta(weeks=1), dt.timedelta(hours=3)


class Missing(StrEnum):
    """What somebody has not done yet who would ask others (promise 2)."""

    PROFILE = "profile"
    SPOKEN = "spoken"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody has done in rooms so far; never how often."""

    has_profile: bool = False  # those they ask can see who asks
    has_spoken: bool = False
    has_answered: bool = False


def missing_to_open(record: Record, *, is_first_room: bool) -> list[Missing]:
    """Promise 2: what is missing before somebody may open a room; the first of a server is opened to speak in it."""
    missing = _missing(record, needs_answer=True)
    return [each for each in missing if each == Missing.PROFILE] if is_first_room else missing


def missing_to_invite(record: Record, *, is_alone: bool) -> list[Missing]:
    """Promise 2: what is missing before somebody may ask others in.

    `is_alone`: nobody else has said anything in a room that they could have answered; then to
    have spoken is enough.
    """
    return _missing(record, needs_answer=not is_alone)


def _missing(record: Record, *, needs_answer: bool) -> list[Missing]:
    wanted = {
        Missing.PROFILE: not record.has_profile,
        Missing.SPOKEN: not record.has_spoken,
        Missing.ANSWERED: needs_answer and not record.has_answered,
    }
    return [missing for missing, is_missing in wanted.items() if is_missing]


def may_open_practice(*, is_host: bool, host_has_tried: bool) -> bool:
    """Promise 2: a host does each practice before it opens to the room."""
    return is_host and host_has_tried


def weeks_to_try_first(tried_weeks: Collection[int], programme_weeks: Collection[int], *, week: int) -> list[int]:
    """The weeks before `week` of which a host has tried nothing yet, where a practice waits for its host."""
    return sorted({earlier for earlier in programme_weeks if 0 < earlier < week} - set(tried_weeks))


def readers_to_add(
    posts: Collection[tuple[int, int, int | None]],
    readers: Mapping[int, Collection[int]],
    *,
    consenting: Collection[int],
    members: Collection[int],
) -> dict[int, set[int]]:
    """Promise 4: who may read what was said in a room before they came, by the consent of each author.

    Args:
        posts: (id, author, what it answers or None) of everything said in the room, oldest first.
        readers: the members who can read each post so far.
        consenting: the authors who agree that those who come later read what they said.
        members: everybody who is in the room now.

    Returns:
        Per post the members to add. An answer opens only to those who can read what it answers.
    """
    can_read = {post: set(readers.get(post, ())) for post, _, _ in posts}
    added: dict[int, set[int]] = {}
    for post, author, answered in posts:
        if author not in consenting:
            continue
        wanted = set(members) if answered is None else set(members) & can_read.get(answered, set())
        more = wanted - can_read[post]
        if more:
            can_read[post] |= more
            added[post] = more
    return added


def who_is_asked(*, inviter: int | None, host: int | None, author: int, day_has_passed: bool) -> int | None:
    """Promise 3: the one person who is asked to answer first words now: the inviter; after a day, the host."""
    asked = host if day_has_passed or inviter is None else inviter
    return None if asked == author else asked


def next_host(members_in_order: Collection[int], *, leaving: int, guests: Collection[int] = ()) -> int | None:
    """Who hosts when a host leaves without handing over: whoever has been in the room longest.

    Nobody does who has a name only (`guests`): they cannot be asked again tomorrow, and nobody sees who they are.
    """
    return next((member for member in members_in_order if member != leaving and member not in guests), None)


def last_round_at(*, opened_at: dt.datetime, ends_at: dt.datetime) -> dt.datetime:
    """Promise 14: when the last round begins by itself: a week before the end, or when half of a short time is over."""
    return max(ends_at - LAST_ROUND, opened_at + (ends_at - opened_at) / 2)
