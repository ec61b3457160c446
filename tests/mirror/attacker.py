"""Somebody who has every report ever published, knows the rules, and who belongs where, and solves for the rest.

Known to them: who was counted in each figure, and who belongs to which part; exact sums, where rounded shares are
published. Not known: of whom it was so. They look for a set of fewer than ten people whose sum is certain, and for
anybody of whom it is certain, by integer programming (HiGHS).
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from speak.mirror.release import USUAL

People = frozenset[str]
EXACTLY, MORE, LESS = "exactly", "more", "less"


@dataclass(frozen=True)
class Published:
    """One measure in one report: the sets whose sums are known, those said to be few or nearly all, and the truth.

    `since_last` says how what holds of a person can have changed since the report before.
    """

    truth: Mapping[str, int]
    sums: Sequence[People] = ()
    few: Sequence[People] = ()
    nearly_all: Sequence[People] = ()
    parts: Sequence[People] = field(default=())
    since_last: str = EXACTLY


def learned(reports: Sequence[Published]) -> Iterator[str]:
    """Everything that is certain and must not be."""
    atoms = _atoms(reports)
    places = {(turn, atom): number for number, (turn, atom) in enumerate(_unknown(reports, atoms))}
    if not any(report.sums for report in reports):
        return
    system = _System(reports, atoms, places)
    for turn, report in enumerate(reports):
        here = [atom for atom in range(len(atoms)) if (turn, atom) in places]
        for some in itertools.chain.from_iterable(itertools.combinations(here, number) for number in (1, 2)):
            size = sum(len(atoms[atom]) for atom in some)
            value = sum(report.truth[person] for atom in some for person in atoms[atom])
            is_small, is_uniform = size < USUAL, value in (0, size)
            if (is_small or is_uniform) and not system.is_open([places[turn, atom] for atom in some], value):
                names = sorted(itertools.chain(*(atoms[atom] for atom in some)))
                yield f"report {turn}: {value} of these {size}: {names}"


def _atoms(reports: Sequence[Published]) -> list[People]:
    """People whom nothing that is known tells apart."""
    known = [some for report in reports for some in (frozenset(report.truth), *report.sums, *report.parts)]
    alike: defaultdict[tuple[bool, ...], set[str]] = defaultdict(set)
    for person in frozenset().union(*known):
        alike[tuple(person in some for some in known)].add(person)
    return [frozenset(people) for people in alike.values()]


def _unknown(reports: Sequence[Published], atoms: Sequence[People]) -> Iterator[tuple[int, int]]:
    for turn, report in enumerate(reports):
        yield from ((turn, atom) for atom, people in enumerate(atoms) if people <= report.truth.keys())


class _System:
    """What is known, as equations over how many of each atom it holds of, in each report."""

    def __init__(
        self, reports: Sequence[Published], atoms: Sequence[People], places: Mapping[tuple[int, int], int]
    ) -> None:
        self._most = np.array([len(atoms[atom]) for _, atom in places], dtype=float)
        self._rows: list[np.ndarray] = []
        self._low: list[float] = []
        self._high: list[float] = []
        for turn, report in enumerate(reports):
            for some in report.sums:
                value = sum(report.truth[person] for person in some)
                self._add({places[turn, atom]: 1 for atom, people in enumerate(atoms) if people <= some}, value, value)
            for some in report.few:
                self._add({places[turn, atom]: 1 for atom, people in enumerate(atoms) if people <= some}, 0, 2)
            for some in report.nearly_all:
                self._add(
                    {places[turn, atom]: 1 for atom, people in enumerate(atoms) if people <= some},
                    len(some) - 2,
                    len(some),
                )
            for atom in range(len(atoms)):
                if turn and (turn, atom) in places and (turn - 1, atom) in places:
                    low = -np.inf if report.since_last == LESS else 0
                    high = np.inf if report.since_last == MORE else 0
                    self._add({places[turn, atom]: 1, places[turn - 1, atom]: -1}, low, high)

    def is_open(self, some: Sequence[int], value: int) -> bool:
        """Whether a world is possible in which the sum of these is another one."""
        wanted = dict.fromkeys(some, 1)
        return self._is_possible(wanted, -np.inf, value - 1) or self._is_possible(wanted, value + 1, np.inf)

    def _add(self, row: Mapping[int, int], low: float, high: float) -> None:
        self._rows.append(self._dense(row))
        self._low.append(low)
        self._high.append(high)

    def _dense(self, row: Mapping[int, int]) -> np.ndarray:
        dense = np.zeros(len(self._most))
        for place, times in row.items():
            dense[place] = times
        return dense

    def _is_possible(self, row: Mapping[int, int], low: float, high: float) -> bool:
        known = LinearConstraint(
            np.array([*self._rows, self._dense(row)]), np.array([*self._low, low]), np.array([*self._high, high])
        )
        answer = milp(
            np.zeros(len(self._most)),
            integrality=np.ones(len(self._most), dtype=np.int64),
            bounds=Bounds(np.zeros(len(self._most)), self._most),
            constraints=known,
        )
        return bool(answer.success)
