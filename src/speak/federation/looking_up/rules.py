"""Where the places of one person do not fit together, and the one step that would mend it. Pure.

Nothing here counts or grades. What is merely different by nature (a feed has no face, a page says in its own words
what somebody does) is no fault.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from speak.federation.looking_up.places import Place, State, key_of
from speak.federation.looking_up.pointing import groups_of, knots_of, know_each_other, prove_each_other, touch

STALE_AFTER = dt.timedelta(days=365)
# Of 64 bits of a picture's shape; and of the steps of its colors, from 0 to 15.
SHAPES_MAY_DIFFER, COLORS_MAY_DIFFER = 12, 3
SHAPE_DIGITS = 16
CUSTOM_EMOJI = re.compile(r":[a-z0-9_]+:", re.IGNORECASE)
WORD = re.compile(r"\w+")


class Fault(StrEnum):
    """What is amiss; each has one step that mends it."""

    GONE = "gone"
    UNSAFE = "unsafe"
    SILENT = "silent"
    MOVED = "moved"
    NAME = "name"
    NAMELESS = "nameless"
    PICTURE = "picture"
    STALE = "stale"
    ONE_WAY = "one-way"
    PLAIN = "plain"
    APART = "apart"


AWAY = {State.GONE: Fault.GONE, State.UNSAFE: Fault.UNSAFE, State.SILENT: Fault.SILENT}
# Findings that come and go with what a place says, which is told itself.
TOLD_AS = {Fault.NAME: "name", Fault.NAMELESS: "name", Fault.PICTURE: "picture"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of the place at `address`. `other` is the address of another of the person's places.

    NAME: it says `said`, not `wanted`. NAMELESS: `wanted` is not on it. MOVED: to `wanted`.
    GONE, MOVED: `other` still points there, if any does. ONE_WAY: `other` points to it, it does not point back.
    PLAIN: it links to `other` without saying that both are the same person. STALE: nothing was said since `at`.
    """

    fault: Fault
    address: str
    other: str = ""
    said: str = ""
    wanted: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Two places of one person, and which of them points to the other."""

    one: str
    other: str
    there: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What somebody who knows nothing would conclude.

    `names`: what they would think the person is called. `are_joined`: whether they could tell that all are of one
    person. `faces_agree`: whether one face looks at them. `latest_at`: when something was last said anywhere.
    """

    names: tuple[str, ...] = ()
    are_joined: bool = True
    faces_agree: bool = True
    latest_at: dt.datetime | None = None
    latest_at_address: str = ""
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise than in an earlier look. `what` is one of name, about, picture, state, mended, new."""

    what: str
    address: str
    before: str = ""
    now: str = ""
    finding: Finding | None = None


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: the same words, fewer of them, or initials; whatever case, accent or emoji."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    if not shorter:
        return _bare(one) == _bare(other)
    left = list(longer)
    for word in shorter:
        match = next((known for known in left if known == word), None) or next(
            (known for known in left if len(min(word, known, key=len)) == 1 and word[0] == known[0]), None
        )
        if match is None:
            return False
        left.remove(match)
    return any(len(word) > 1 for word in shorter) or longer == shorter


def holds_name(heading: str, name: str) -> bool:
    """Whether a name stands in a heading."""
    wanted = _words(name)
    return bool(wanted) and set(wanted) <= set(_words(heading))


def same_picture(one: str, other: str) -> bool:
    """Whether two prints are of one picture, at whatever size and in whatever format."""
    if one == other:
        return True
    shapes = int(one[:SHAPE_DIGITS], 16) ^ int(other[:SHAPE_DIGITS], 16)
    colors = zip(one[SHAPE_DIGITS:], other[SHAPE_DIGITS:], strict=False)
    return shapes.bit_count() <= SHAPES_MAY_DIFFER and all(
        abs(int(mine, 16) - int(theirs, 16)) <= COLORS_MAY_DIFFER for mine, theirs in colors
    )


def findings(places: Sequence[Place], *, now: dt.datetime) -> list[Finding]:
    """Every fault, in the order of the places; the person's page here is the measure where it says something."""
    found = [*_away(places), *_names(places), *_pictures(places), *_stale(places, now), *_apart(places)]
    order = {place.address: number for number, place in enumerate(places)}
    kinds = list(Fault)
    return sorted(found, key=lambda finding: (order[finding.address], kinds.index(finding.fault)))


def pointers(places: Sequence[Place]) -> list[Pointer]:
    """Which place points to which, two by two; pairs that know nothing of each other are left out."""
    found = []
    knots = knots_of(places)
    for number, one in enumerate(knots):
        for other in knots[number + 1 :]:
            there, back = one.points_to(other), other.points_to(one)
            if there or back:
                found.append(Pointer(one.address, other.address, there, back))
    return found


def conclusion(places: Sequence[Place], *, now: dt.datetime) -> Conclusion:
    """What a stranger would make of it all."""
    read = [place for place in places if place.is_read]
    names: list[str] = []
    for place in read:
        if place.name and not any(same_name(place.name, name) for name in names):
            names.append(place.name)
    faces = [place.picture_print for place in read if place.picture_print]
    spoken = [(place.latest_at, place.address) for place in read if place.latest_at]
    latest_at, address = max(spoken, default=(None, ""))
    return Conclusion(
        names=tuple(names),
        are_joined=len(set(groups_of(knots_of(read), know_each_other).values())) <= 1,
        faces_agree=all(same_picture(faces[0], face) for face in faces),
        latest_at=latest_at,
        latest_at_address=address,
        is_quiet=latest_at is not None and latest_at < now - STALE_AFTER,
    )


def changes(
    before: Sequence[Place], now: Sequence[Place], *, earlier: Sequence[Finding], found: Sequence[Finding]
) -> list[Change]:
    """What is otherwise than before at the places of both looks, and among their findings (`earlier`, `found`).

    Each thing once: a name that is another one now is told as that, and not as a finding that is mended as well.
    """
    known = {key_of(place.address): place for place in before}
    made = [each for place in now if (old := known.get(key_of(place.address))) for each in _changed(old, place)]
    told = {(each.what, each.address) for each in made}
    asked = {key_of(place.address) for place in now}
    still, then = {_sign(finding) for finding in found}, {_sign(finding) for finding in earlier}
    gone = [each for each in earlier if _sign(each) not in still and key_of(each.address) in asked]
    fresh = [each for each in found if _sign(each) not in then and key_of(each.address) in known]
    for what, each in [*(("mended", each) for each in gone), *(("new", each) for each in fresh)]:
        if (TOLD_AS.get(each.fault), each.address) not in told:
            made.append(Change(what, each.address, finding=each))
    return made


def _changed(old: Place, place: Place) -> Iterable[Change]:
    if old.state != place.state:
        # Those that are found amiss are told as that.
        if not {old.state, place.state} & AWAY.keys():
            yield Change("state", place.address, old.state, place.state)
        return
    for what in ("name", "about"):
        if getattr(old, what) != getattr(place, what):
            yield Change(what, place.address, getattr(old, what), getattr(place, what))
    if old.picture_print and place.picture_print and not same_picture(old.picture_print, place.picture_print):
        yield Change("picture", place.address)


def _sign(finding: Finding) -> tuple[str, str, str]:
    """What makes a finding of one look the same as one of another."""
    other = key_of(finding.other) if finding.fault in {Fault.ONE_WAY, Fault.PLAIN} else ""
    return finding.fault, key_of(finding.address), other


def _away(places: Sequence[Place]) -> Iterable[Finding]:
    """Places that are not there, or not there any more."""
    for place in places:
        if place.state in AWAY:
            yield Finding(AWAY[place.state], place.address, other=_first_pointing_to(place.address, places))
        elif place.moved_to:
            other = _first_pointing_to(place.address, places)
            yield Finding(Fault.MOVED, place.address, other=other, wanted=place.moved_to)


def _first_pointing_to(address: str, places: Sequence[Place]) -> str:
    """Home, if it does; it is what can be mended here."""
    key = key_of(address)
    pointing = [place for place in places if place.is_read and key in _keys(place) and key_of(place.address) != key]
    return next((place.address for place in sorted(pointing, key=lambda place: not place.is_home)), "")


def _names(places: Sequence[Place]) -> Iterable[Finding]:
    read = [place for place in places if place.is_read]
    wanted = _wanted([place.name for place in read if place.name], next((p.name for p in read if p.is_home), ""))
    if not wanted:
        return
    for place in read:
        if place.name and not same_name(place.name, wanted):
            yield Finding(Fault.NAME, place.address, said=place.name, wanted=wanted)
        elif not place.name and not holds_name(place.heading, wanted):
            yield Finding(Fault.NAMELESS, place.address, said=place.heading, wanted=wanted)


def _wanted(names: list[str], of_home: str) -> str:
    """What the person is called: as they say here; otherwise as most places do, the first of them."""
    if of_home or not names:
        return of_home
    agreeing = Counter({name: sum(same_name(name, other) for other in names) for name in names})
    return agreeing.most_common(1)[0][0]


def _pictures(places: Sequence[Place]) -> Iterable[Finding]:
    shown = [place for place in places if place.is_read and place.picture_print]
    if not shown:
        return
    home = next((place for place in shown if place.is_home), None)
    wanted = home or max(shown, key=lambda one: sum(same_picture(one.picture_print, p.picture_print) for p in shown))
    for place in shown:
        if not same_picture(place.picture_print, wanted.picture_print):
            yield Finding(Fault.PICTURE, place.address, other=wanted.address)


def _stale(places: Sequence[Place], now: dt.datetime) -> Iterable[Finding]:
    for place in places:
        if place.is_read and not place.moved_to and place.latest_at and place.latest_at < now - STALE_AFTER:
            yield Finding(Fault.STALE, place.address, at=place.latest_at)


def _apart(places: Sequence[Place]) -> Iterable[Finding]:
    """What does not point back, only links, or stands by itself. Places that are joined by way of others are.

    Home comes first: where several point to a place, one step toward home is enough.
    """
    knots = knots_of(place for place in places if not place.moved_to)
    joined, proven = groups_of(knots, know_each_other), groups_of(knots, prove_each_other)
    reported: set[frozenset[str]] = set()
    for one in knots:
        for other in knots:
            if one is other or not other.can_point or not one.points_to(other):
                continue
            if not other.points_to(one):
                pair = frozenset({joined[one.address], joined[other.address]})
                if len(pair) > 1 and pair not in reported:
                    reported.add(pair)
                    yield Finding(Fault.ONE_WAY, other.address, other=one.address)
            elif not other.claims_to_be(one) and proven[one.address] != proven[other.address]:
                own = frozenset({other.address})
                if own not in reported:
                    reported.add(own)
                    yield Finding(Fault.PLAIN, other.address, other=one.address)
    alone = groups_of(knots, touch)
    for group in list(dict.fromkeys(alone.values()))[1:]:
        yield Finding(Fault.APART, group)


def _keys(place: Place) -> set[str]:
    return {key_of(address) for address in (*place.points_to, *place.links_to)}


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKD", CUSTOM_EMOJI.sub(" ", name)).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _words(name: str) -> list[str]:
    return WORD.findall(_bare(name))
