"""What SQL cannot say of who answers whom: what would be expected by chance, and how far it is from that."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

Cells = tuple[str, str]


class Crossing(NamedTuple):
    """What goes from one part to another: answers, by how many people, to how many, and what the busiest carry."""

    answers: int
    senders: int
    receivers: int
    one: int
    two: int


class Compared(StrEnum):
    """How often one part answers another, beside what their sizes would make one expect."""

    FAR_LESS = "far_less"
    LESS = "less"
    AS_EXPECTED = "as_expected"
    MORE = "more"
    FAR_MORE = "far_more"


def beyond_chance(ties: int, returned: int, people: int) -> float | None:
    """Reciprocity corrected for how dense the ties are: 0 is chance, 1 is always (Garlaschelli and Loffredo 2004)."""
    if people < 2 or not ties:  # noqa: PLR2004 - nobody has a tie to oneself
        return None
    dense = ties / (people * (people - 1))
    return None if dense == 1 else (returned / ties - dense) / (1 - dense)


def over_expected(answers: Mapping[Cells, int]) -> dict[Cells, float]:
    """Observed over expected for each two parts: O(g,h) O / (O(g,.) O(.,h)); only where something is expected."""
    everything = sum(answers.values())
    sent, got = margins(answers)
    return {
        (one, other): answers.get((one, other), 0) * everything / (sent[one] * got[other])
        for one in sent
        for other in got
    }


def margins(answers: Mapping[Cells, int]) -> tuple[dict[str, int], dict[str, int]]:
    """What each part gave and what each part got."""
    sent: dict[str, int] = {}
    got: dict[str, int] = {}
    for (one, other), number in answers.items():
        sent[one] = sent.get(one, 0) + number
        got[other] = got.get(other, 0) + number
    return sent, got


def expected_crossing(answers: Mapping[Cells, int]) -> float | None:
    """Which share would go to another part if everybody answered without regard to parts."""
    everything = sum(answers.values())
    sent, got = margins(answers)
    if not everything:
        return None
    return 1 - sum(sent[part] * got.get(part, 0) for part in sent) / everything**2


def in_words(ratio: float) -> Compared:
    """Half as much and less, up to four fifths, up to five quarters, up to twice, and more."""
    bounds = ((0.5, Compared.FAR_LESS), (0.8, Compared.LESS), (1.25, Compared.AS_EXPECTED), (2, Compared.MORE))
    return next((word for bound, word in bounds if ratio <= bound), Compared.FAR_MORE)
