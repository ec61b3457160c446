"""Who is counted: the people of a reading, without those who asked to be left out, each in their part."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from speak.mirror.engines import Engine
from speak.mirror.engines import Row as RawRow
from speak.mirror.groups import Row, last_part
from speak.mirror.release import USUAL
from speak.mirror.standing import Held, People, Standing

INSIDE, OUTSIDE = "inside", "outside"
KNOWN = """
SELECT p.person, p.raw, p.name, p.is_outside, p.joined_utc,
       CASE WHEN h.person IS NULL THEN 0 ELSE 1 END AS is_heard
FROM person AS p
LEFT JOIN (
  SELECT DISTINCT person FROM message WHERE kind = 'human'
) AS h ON h.person = p.person
WHERE p.kind = 'human'
"""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody counted, how many were left out at their wish, and which names of the files are nobody's here."""

    people: People
    left_out: int
    nobody: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody as a reading knows them, under all their names."""

    person: str
    is_outside: bool
    joined_at: int | None


def roster_of(engine: Engine, *, groups: Sequence[Row] = (), objecting: Sequence[str] = ()) -> Roster:
    """Read `person` of a reading, and leave out whoever asks for it before anything is counted.

    A name of the files that is several people's is left out for all of them, and puts none of them in a part.
    Where nobody gave groups, inside and outside are the parts, if the archive tells them apart.
    """
    rows = engine.ask(KNOWN)
    called = _names(rows)
    left = {person for name in objecting for person in called.get(name.casefold(), ())}
    known = [somebody for somebody in _known(rows) if somebody.person not in left]
    lines: defaultdict[str, list[Row]] = defaultdict(list)
    for row in groups:
        if len(people := called.get(row.person.casefold(), set())) == 1:
            lines[next(iter(people))].append(row)
    ((last_at,),) = engine.ask("SELECT MAX(ts_utc) AS last_at FROM message")
    has_sides = not groups and _has_sides(known)
    # A list of members has somebody on it who is never heard.
    is_listed = any(not is_heard for *_, is_heard in rows)
    standing = []
    for somebody in known:
        side = (OUTSIDE if somebody.is_outside else INSIDE) if has_sides else ""
        part = last_part(lines[somebody.person], at=last_at or 0) or side
        standing.append(Standing(somebody.person, part, somebody.is_outside, somebody.joined_at, is_listed))
    names = [*(row.person for row in groups), *objecting]
    nobody = sorted({name for name in names if len(called.get(name.casefold(), ())) != 1})
    return Roster(People(standing, _held(known, lines)), len(left), tuple(nobody))


def _names(rows: Iterable[RawRow]) -> dict[str, set[str]]:
    """Whom each name means: what the archive writes, or what people are called."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    for person, raw, name, *_ in rows:
        for word in (person, raw, name):
            if word:
                called[str(word).casefold()].add(person)
    return called


def _known(rows: Iterable[RawRow]) -> list[_Known]:
    found: dict[str, _Known] = {}
    for person, _raw, _name, is_outside, joined_at, _is_heard in rows:
        before = found.get(person, _Known(person, is_outside=False, joined_at=None))
        earliest = min((at for at in (before.joined_at, joined_at) if at is not None), default=None)
        found[person] = _Known(person, before.is_outside or bool(is_outside), earliest)
    return [found[person] for person in sorted(found)]


def _has_sides(known: Sequence[_Known]) -> bool:
    outside = sum(somebody.is_outside for somebody in known)
    return min(outside, len(known) - outside) >= USUAL


def _held(known: Iterable[_Known], lines: Mapping[str, Sequence[Row]]) -> list[Held]:
    return [
        Held(somebody.person, row.since_at, row.until_at)
        for somebody in known
        for row in lines.get(somebody.person, ())
        if row.is_in_the_room
    ]
