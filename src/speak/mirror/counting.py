"""Asks every measure of a conversation. What comes out here names people, and goes nowhere but through `release`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from speak.mirror.engines import Engine, Row
from speak.mirror.ground import Ground
from speak.mirror.measures import Definition, definition
from speak.mirror.measures.curve import DAY, HOUR, WEEK, Step, answered_by
from speak.mirror.measures.ties import Cells, Crossing, beyond_chance
from speak.mirror.release import FLOOR, USUAL, WHOLE, Asked, Part

WAITS = {"hour": HOUR, "day": DAY, "week": WEEK}


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure, counted: for each of its parts what each person adds, and what is needed beside it."""

    definition: Definition
    asked: dict[str, Asked] = field(default_factory=dict)
    least: int = USUAL
    curves: dict[str, list[Step]] = field(default_factory=dict)
    weeks: list[Row] = field(default_factory=list)
    crossings: dict[Cells, Crossing] = field(default_factory=dict)


def counted(engine: Engine, ground: Ground, *, told: Callable[[str], None] = lambda _: None) -> Iterator[Counted]:
    """Every measure this archive can answer, one after the other; `told` hears the title of each before it is asked."""
    for name, count in MEASURES.items():
        measure = definition(name)
        if measure.needs <= ground.has:
            told(measure.title)
            yield count(engine, ground, measure)


def _by_person(engine: Engine, ground: Ground, measure: Definition) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part, person, yes, no in engine.ask(measure.query):
        found.setdefault(part, []).append(Part(ground.people[person], int(yes or 0), int(no or 0)))
    return found


def _shares(engine: Engine, ground: Ground, measure: Definition) -> Counted:
    """For everybody together, and for each part."""
    asked = {
        part: Asked(parts, ground.cells, ground.members)
        for part, parts in sorted(_by_person(engine, ground, measure).items())
    }
    return Counted(measure, asked)


def _together(engine: Engine, ground: Ground, measure: Definition) -> Counted:
    """For everybody together, and no part."""
    return Counted(measure, {part: Asked(parts) for part, parts in sorted(_by_person(engine, ground, measure).items())})


def _answered(engine: Engine, ground: Ground, measure: Definition) -> Counted:
    rows = engine.ask(definition("answered_curve").query)
    curves = {WHOLE: _summed(rows)} | {
        cell: [Step(*row[1:]) for row in rows if row[0] == cell] for cell in ground.cells
    }
    found = _by_person(engine, ground, measure)
    asked = {
        part: Asked(
            found.get(part, []),
            ground.cells,
            ground.members,
            {cell: answered_by(steps, after) for cell, steps in curves.items()},
        )
        for part, after in WAITS.items()
    }
    return Counted(measure, asked, curves=curves)


def _summed(rows: list[Row]) -> list[Step]:
    """The steps of all cells together."""
    found: dict[int, tuple[int, int]] = {}
    for _, until, answered, left in rows:
        before = found.get(until, (0, 0))
        found[until] = (before[0] + int(answered), before[1] + int(left))
    return [Step(until, *numbers) for until, numbers in sorted(found.items())]


def _newcomers(engine: Engine, ground: Ground, measure: Definition) -> Counted:
    """Each kind of answer for itself, where the archive knows it."""
    found = _by_person(engine, ground, measure)
    return Counted(measure, {part: Asked(parts) for part, parts in sorted(found.items()) if part in ground.has})


def _reciprocity(engine: Engine, ground: Ground, measure: Definition) -> Counted:
    found = _by_person(engine, ground, measure)
    ties = found.get("ties", [])
    returned, all_ties = sum(part.yes for part in ties), sum(part.yes + part.no for part in ties)
    corrected = beyond_chance(all_ties, returned, len(ties))
    asked = {"ties": Asked(ties), "weight": Asked(found.get("weight", []))}
    if corrected is not None and corrected >= 0:
        asked["corrected"] = Asked(ties, measured={WHOLE: corrected})
    return Counted(measure, asked)


def _the_room(engine: Engine, ground: Ground, measure: Definition) -> Counted:
    """A group by its role, of five people or more; of fewer nothing is even counted."""
    counted = _together(engine, ground, measure)
    enough = len(counted.asked["answering"].parts) >= FLOOR if "answering" in counted.asked else False
    return Counted(measure, counted.asked if enough else {}, least=FLOOR)


def _bridges(engine: Engine, ground: Ground, measure: Definition) -> Counted:
    senders: dict[Cells, list[int]] = {}
    for one, other, _sender, times in engine.ask(definition("bridges_table").query):
        senders.setdefault((one, other), []).append(int(times))
    answered = {(one, other): int(people) for one, other, people in engine.ask(definition("bridges_people").query)}
    crossings = {cells: _crossing(times, answered[cells]) for cells, times in senders.items()}
    return Counted(measure, _shares(engine, ground, measure).asked, crossings=crossings)


def _crossing(times: list[int], receivers: int) -> Crossing:
    most = sorted(times, reverse=True)
    return Crossing(sum(most), len(most), receivers, most[0], sum(most[:2]))


def _weeks(engine: Engine, ground: Ground, measure: Definition) -> Counted:
    wrote = [Part(ground.people[person], 1, 0) for (person,) in engine.ask("SELECT DISTINCT person FROM wrote")]
    return Counted(measure, {"wrote": Asked(wrote)}, weeks=engine.ask(measure.query))


# In the order in which they are read.
MEASURES: Mapping[str, Callable[[Engine, Ground, Definition], Counted]] = {
    "taking_part": _shares,
    "heard": _shares,
    "answered": _answered,
    "newcomers": _newcomers,
    "coming_back": _together,
    "reciprocity": _reciprocity,
    "the_room": _the_room,
    "bridges": _bridges,
    "outside": _together,
    "weeks": _weeks,
    "few": _together,
}
