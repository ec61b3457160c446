"""Random archives, random sequences of reports about them, and an attacker who has all of it and solves for the few."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from speak.mirror.counting import counted
from speak.mirror.engines import opened
from speak.mirror.findings import Gate, found
from speak.mirror.ledger import Ledger
from speak.mirror.release import WHOLE, Asked, Earlier, Part, Released, Roughly, released
from speak.mirror.report import Finding
from speak.mirror.standing import People, Standing
from tests.examples import MANY

from .attacker import EXACTLY, LESS, MORE, Published, learned
from .talk import DAY, HOUR, Say, Talk, put, seeded

# `make test-long` tries a thousand archives and three thousand sequences.
IS_LONG = MANY > 100
ARCHIVES = 1000 if IS_LONG else 4
SEQUENCES = 3000 if IS_LONG else 30
# Of these measures each person either is so or is not, in every report.
YES_OR_NO = {"taking_part", "heard", "newcomers", "coming_back"}

Cells = dict[str, frozenset[str]]


def some_cells(chance: random.Random, people: Sequence[str]) -> Cells:
    """People in up to four parts of any size, some in none."""
    names = ["", *"abcd"[: chance.randint(0, 4)]]
    weights = [chance.random() for _ in names]
    where = {person: chance.choices(names, weights)[0] for person in people}
    return {name: frozenset(who for who in people if where[who] == name) for name in names if name}


def moved(chance: random.Random, cells: Cells) -> Cells:
    """The same, with one or two in another part."""
    cells = dict(cells)
    for _ in range(chance.randint(1, 2)):
        who = chance.choice(sorted(frozenset().union(*cells.values())) or ["nobody"])
        cells = {name: people - {who} for name, people in cells.items()}
        if cells and chance.random() < 0.8:
            name = chance.choice(sorted(cells))
            cells[name] |= {who}
    return cells


@pytest.mark.parametrize("tenth", range(10))
def test_no_sequence_of_reports_tells_of_fewer_than_ten(tenth: int) -> None:
    for seed in range(tenth, SEQUENCES, 10):
        told = list(learned(_sequence(seeded(seed))))
        assert not told, f"seed {seed}: {told}"


def test_an_attacker_who_meets_no_rules_learns_of_somebody() -> None:
    truth = {f"p{number}": number % 2 for number in range(30)}
    all_but_one = frozenset(truth) - {"p0"}
    assert list(learned([Published(truth, [frozenset(truth), all_but_one])]))
    grown = {**truth, "late": 0}
    assert list(learned([Published(truth, [frozenset(truth)]), Published(grown, [frozenset(grown)])]))
    assert list(learned([Published(dict.fromkeys(truth, 1), [frozenset(truth)])]))


def _sequence(chance: random.Random) -> list[Published]:
    """Up to four reports: again, with more people, without somebody, by other parts."""
    rate = chance.choice([0.1, 0.3, 0.5, 0.9])
    truth = {f"p{number}": int(chance.random() < rate) for number in range(chance.randint(10, 60))}
    cells, how = some_cells(chance, list(truth)), EXACTLY
    published: list[Published] = []
    earlier = Earlier()
    for turn in range(chance.randint(1, 4)):
        if turn:
            truth, how = _later(chance, truth, turn)
            change = chance.random()
            cells = moved(chance, cells) if change < 0.3 else some_cells(chance, list(truth)) if change < 0.6 else cells
        done = released(Asked([Part(who, value, 1 - value) for who, value in truth.items()], cells), earlier=earlier)
        earlier = Earlier([*earlier.out, *done.accepted.values()], [*earlier.tried, *done.tried])
        published.append(_publish(done, truth, cells, how))
    return published


def _later(chance: random.Random, truth: Mapping[str, int], turn: int) -> tuple[dict[str, int], str]:
    what = chance.random()
    if what < 0.3:
        return dict(truth), EXACTLY
    if what < 0.5:
        gone = set(chance.sample(sorted(truth), min(len(truth) - 1, chance.choice([1, 1, 2, 12]))))
        return {who: value for who, value in truth.items() if who not in gone}, EXACTLY
    new = {f"n{turn}-{number}": chance.randint(0, 1) for number in range(chance.choice([0, 1, 3, 10, 15]))}
    return {who: value or int(chance.random() < 0.3) for who, value in truth.items()} | new, MORE


def _publish(done: Released, truth: dict[str, int], cells: Cells, how: str) -> Published:
    rough = {
        word: [done.accepted[cell] for cell, (said, _) in done.roughly.items() if said is word] for word in Roughly
    }
    here = [people & truth.keys() for people in cells.values()]
    return Published(
        truth, [done.accepted[cell] for cell in done.shown], rough[Roughly.FEW], rough[Roughly.NEARLY_ALL], here, how
    )


@pytest.mark.parametrize("tenth", range(min(10, ARCHIVES)))
def test_no_archive_and_no_sequence_of_reports_about_it_tells_of_fewer_than_ten(tenth: int, tmp_path: Path) -> None:
    for seed in range(tenth, ARCHIVES, min(10, ARCHIVES)):
        for measure, reports in _reports(seeded(seed), tmp_path / str(seed)).items():
            told = list(learned(reports))
            assert not told, f"seed {seed}, {measure}: {told}"


def _reports(chance: random.Random, folder: Path) -> dict[str, list[Published]]:
    """What up to three reports tell of each measure, read from what is published alone."""
    people = [f"p{number}" for number in range(chance.randint(14, 50))]
    talk, cells, how = Talk(_talk(chance, people, 0)), some_cells(chance, people), EXACTLY
    told: dict[str, list[Published]] = {}
    counted_ones = set(people)
    for turn in range(chance.randint(1, 3)):
        if turn:
            what = chance.random()
            how = EXACTLY
            if what < 0.35:
                people += [f"n{turn}-{number}" for number in range(chance.choice([0, 1, 12]))]
                counted_ones |= set(people)
                talk, how = Talk([*talk.said, *_talk(chance, people, turn)]), MORE
            elif what < 0.6:
                counted_ones.discard(chance.choice(people))
                how = LESS
            cells = moved(chance, cells) if chance.random() < 0.5 else cells
        standing = [
            Standing(who, next((name for name, some in cells.items() if who in some), ""), is_listed=True)
            for who in people
            if who in counted_ones
        ]
        for measure, published in _report(replace(talk, people=People(standing)), folder, cells, how).items():
            told.setdefault(measure, []).append(published)
    return told


def _talk(chance: random.Random, people: Sequence[str], turn: int) -> list[Say]:
    said: list[Say] = []
    for who in people:
        for number in range(chance.choice([0, 1, 1, 2])):
            opening = Say(f"{turn}-{who}-{number}", who, (turn * 200 + chance.randrange(180)) * DAY)
            said.append(opening)
            if chance.random() < 0.5:
                after = opening.after + chance.randrange(100) * HOUR
                said.append(Say(f"{opening.msg_id}-re", chance.choice(people), after, to=opening.msg_id))
    return said


def _report(talk: Talk, folder: Path, cells: Cells, how: str) -> dict[str, Published]:
    ledger = Ledger(folder / "ledger", key=b"nobody knows")
    told = {}
    with opened() as engine:
        ground = put(engine, talk)
        gate = Gate(ledger, ground)
        for counts in counted(engine, ground):
            finding = msgspec.json.decode(msgspec.json.encode(found(counts, gate)), type=Finding)
            if counts.definition.name in YES_OR_NO:
                for part in counts.asked:
                    truth = {row.person: row.yes for row in counts.asked[part].parts}
                    told[f"{finding.name}.{part}"] = _read(finding, part, truth, cells, how)
    ledger.keep()
    return told


def _read(finding: Finding, part: str, truth: dict[str, int], cells: Cells, how: str) -> Published:
    """What the figures of one part tell somebody who knows who was counted and who belongs where."""
    here = {WHOLE: frozenset(truth)} | {name: people & truth.keys() for name, people in cells.items()}
    figures = [figure for figure in finding.figures if figure.part == part]
    return Published(
        truth,
        [here[figure.cell] for figure in figures if figure.percent is not None],
        [here[figure.cell] for figure in figures if figure.roughly == "few"],
        [here[figure.cell] for figure in figures if figure.roughly == "nearly all"],
        [here[name] for name in cells],
        how,
    )
