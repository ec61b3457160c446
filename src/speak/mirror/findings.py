"""What is found, in sentences: made of what `release` let out, and of nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.mirror.counting import Counted
from speak.mirror.ground import Ground
from speak.mirror.ledger import Ledger
from speak.mirror.measures.curve import HOUR, SHOWN_AT, WEEK, answered_by
from speak.mirror.measures.ties import expected_crossing
from speak.mirror.release import (
    USUAL,
    WHOLE,
    Part,
    Released,
    Why,
    about,
    compared,
    counted,
    fewest_for_half,
    percent,
    released,
)
from speak.mirror.report import Figure, Finding, Week
from speak.mirror.wording import ANSWERS, COMPARED, NOT_SHOWN, ROUGHLY, SENTENCES, WITHHELD, in_percent


@dataclass(slots=True)
class Gate:
    """What has been let out in this run, and before it."""

    ledger: Ledger
    ground: Ground

    def out(self, counts: Counted, part: str) -> Released:
        """One part of one measure, through `release`."""
        asked, name = counts.asked[part], f"{counts.definition.name}.{part}"
        span = self.ground.first_at, self.ground.last_at
        earlier = self.ledger.earlier(name, among=(row.person for row in asked.parts), span=span)
        out = released(asked, earlier=earlier, least=counts.least)
        self.ledger.add(name, out, span=span)
        return out

    def few(self, measure: str, parts: Sequence[Part]) -> int | None:
        """How few make half, to five; 0 is fewer than five, nothing where it may not be told."""
        name, span = f"{measure}.few", (self.ground.first_at, self.ground.last_at)
        earlier = self.ledger.earlier(name, among=(part.person for part in parts), span=span)
        few = counted(parts, fewest_for_half(part.yes for part in parts), earlier=earlier)
        if few is not None:
            out = Released(accepted={WHOLE: frozenset(part.person for part in parts)})
            self.ledger.add(name, out, span=span)
        return few


def found(counts: Counted, gate: Gate) -> Finding:
    """One measure, as everybody may read it."""
    parts = [part for name, part in SENTENCES if name == counts.definition.name and part in counts.asked]
    outs = {part: gate.out(counts, part) for part in parts}
    more = MORE.get(counts.definition.name, _nothing_more)(counts, gate, outs)
    measure, answer = counts.definition, str(ANSWERS[gate.ground.answer])
    return Finding(
        name=measure.name,
        title=_(measure.title),
        question=_(measure.question),
        sentences=(*_sentences(measure.name, outs), *more.sentences),
        definition=_(measure.definition).replace("{answer}", answer),
        formula=measure.formula,
        source=measure.source,
        caveat=_(measure.caveat),
        attempt=_(measure.attempt),
        figures=tuple(figure for part, out in outs.items() for figure in _figures(part, out)),
        curve=more.curve,
        weeks=more.weeks,
        compared=more.compared,
        few=more.few,
        among=more.among,
    )


@dataclass(frozen=True, slots=True)
class _More:
    """What a measure shows beside shares."""

    sentences: tuple[str, ...] = ()
    curve: tuple[tuple[int, int], ...] = ()
    weeks: tuple[Week, ...] = ()
    # From which part, to which, in words, and the word for the shade.
    compared: tuple[tuple[str, str, str, str], ...] = ()
    # How few make half; 0 is fewer than five. Among about how many.
    few: int | None = None
    among: int | None = None


def _sentences(measure: str, outs: Mapping[str, Released]) -> Iterator[str]:
    for part, out in outs.items():
        if WHOLE not in out.withheld:
            yield str(SENTENCES[measure, part]) % {"share": _share(out)}
    reasons = {str(WITHHELD[out.withheld[WHOLE]]) for out in outs.values() if WHOLE in out.withheld}
    for reason in sorted(reasons):
        yield _("Left out here: %(reason)s.") % {"reason": reason}


def _share(out: Released) -> str:
    if WHOLE in out.roughly:
        return str(ROUGHLY[out.roughly[WHOLE][0]])
    return in_percent(out.shown[WHOLE].percent)


def _figures(part: str, out: Released) -> Iterator[Figure]:
    for cell, shown in sorted(out.shown.items()):
        yield Figure(part, cell, shown.percent, shown.low, shown.high, shown.people)
    for cell, (word, people) in sorted(out.roughly.items()):
        yield Figure(part, cell, people=people, roughly=str(ROUGHLY[word]))
    for cell, why in sorted(out.withheld.items()):
        yield Figure(part, cell, withheld=str(WITHHELD[why]))


def _nothing_more(counts: Counted, gate: Gate, outs: Mapping[str, Released]) -> _More:
    del counts, gate, outs
    return _More()


def _curve(counts: Counted, gate: Gate, outs: Mapping[str, Released]) -> _More:
    """The curve between an hour and a week, where both ends are out: what lies between them is mixed as they are."""
    del gate
    if not all(WHOLE in outs[part].shown for part in ("hour", "week")):
        return _More()
    steps, people = counts.curves[WHOLE], min(len(outs[part].accepted[WHOLE]) for part in ("hour", "week"))
    return _More(curve=tuple((after // HOUR, percent(answered_by(steps, after), people)) for after in SHOWN_AT))


def _weeks(counts: Counted, gate: Gate, outs: Mapping[str, Released]) -> _More:
    """Each week from the first to the last, also those in which nobody wrote."""
    del outs
    if gate.few(counts.definition.name, counts.asked["wrote"].parts) is None:
        return _left_out(Why.TOO_FEW)
    people = {int(monday): int(number) for monday, number in counts.weeks}
    mondays = range(min(people), max(people) + 1, WEEK)
    weeks = tuple(Week(monday, people.get(monday, 0) >= USUAL) for monday in mondays)
    sentence = ngettext(
        "In %(full)s of %(all)s week at least ten people wrote.",
        "In %(full)s of %(all)s weeks at least ten people wrote.",
        len(weeks),
    )
    return _More((sentence % {"full": sum(week.is_full for week in weeks), "all": len(weeks)},), weeks=weeks)


def _left_out(why: Why) -> _More:
    return _More((_("Left out here: %(reason)s.") % {"reason": WITHHELD[why]},))


def _few(counts: Counted, gate: Gate, outs: Mapping[str, Released]) -> _More:
    del outs
    parts = counts.asked["messages"].parts if counts.asked else ()
    few = gate.few(counts.definition.name, parts)
    if few is None:
        return _left_out(Why.TOO_FEW)
    among = about(len(parts))
    sentence = _("%(few)s of about %(among)s people write half of all messages.") % {
        "few": _so_few(few),
        "among": among,
    }
    return _More((sentence,), few=few, among=among)


def _so_few(few: int) -> str:
    return _("About %(few)s") % {"few": few} if few else _("Fewer than five")


def _the_room(counts: Counted, gate: Gate, outs: Mapping[str, Released]) -> _More:
    del gate, outs
    if counts.asked:
        return _More()
    return _More((_("Fewer than five people are named as in the room. That is for them alone to see."),))


def _bridges(counts: Counted, gate: Gate, outs: Mapping[str, Released]) -> _More:
    """What would be expected, how few carry half, and in words which parts answer which."""
    if "crossing" not in outs:
        return _More((_("Nobody who belongs to a part answered somebody who does."),))
    out, sentences = outs["crossing"], []
    if WHOLE in out.shown:
        answers = {cells: crossing.answers for cells, crossing in counts.crossings.items()}
        expected = expected_crossing(answers)
        if expected is not None:
            share = percent(expected, len(out.accepted[WHOLE]))
            sentences.append(
                _("If everybody answered without regard to parts, it would be %(share)s.")
                % {"share": in_percent(share)}
            )
        few = gate.few(counts.definition.name, [part for part in counts.asked["crossing"].parts if part.yes])
        if few is not None:
            sentences.append(_("%(few)s people give half of the answers that cross.") % {"few": _so_few(few)})
    table = compared(counts.crossings, [cell for cell in out.shown if cell != WHOLE])
    rows = tuple(
        (one, other, str(COMPARED[word] if word else NOT_SHOWN), word.value if word else "")
        for (one, other), word in sorted(table.items())
    )
    return _More(tuple(sentences), compared=rows)


MORE: Mapping[str, Callable[[Counted, Gate, Mapping[str, Released]], _More]] = {
    "answered": _curve,
    "weeks": _weeks,
    "few": _few,
    "the_room": _the_room,
    "bridges": _bridges,
}
