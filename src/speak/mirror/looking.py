"""One look at a conversation: every measure asked, what may leave told, and a record of it kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from speak.mirror.apart.questions import Own
from speak.mirror.archives.reading import Reading
from speak.mirror.counting import counted
from speak.mirror.engines import Engine
from speak.mirror.findings import Gate, found
from speak.mirror.ground import keep_rows, laid
from speak.mirror.ledger import Ledger
from speak.mirror.measures import definition
from speak.mirror.release import about
from speak.mirror.report import Figure, Finding, Read, Record, Report
from speak.mirror.standing import People, Standing
from speak.mirror.table import file_of
from speak.mirror.wording import ANSWERS, PARTS

MICROS = 1_000_000
EIGHT_HOURS = 28_800_000_000
THIRDS = 21
ME = {"person": "INTEGER", "zone_micros": "BIGINT", "now_at": "BIGINT"}
TWICE = gettext_noop(
    "Some people here may be counted twice, under two names: they look alike, and nobody confirmed that they are one. "
    "Then more people seem to take part, to be heard and to write half than do."
)


def read_of(reading: Reading, *, name: str, left_out: int = 0) -> Read:
    """What became of an archive. Where people may stand under two names, it says that figures look better by it."""
    aside = {
        _("private messages, dropped at once"): reading.withheld,
        _("messages that were there twice"): reading.duplicates,
        **reading.left_out,
        **reading.not_understood,
    }
    warnings = [*reading.remarks, _(TWICE)] if reading.proposals else list(reading.remarks)
    counts = {reason: number for reason, number in aside.items() if number}
    return Read(name, reading.source, reading.messages, counts, tuple(warnings), about(left_out))


def lay_reading(reading: Path, *, people: Engine, talk: Engine) -> None:
    """Give the tables in a reading's folder to who tells people by their names, and to who measures: it needs none."""
    for engine, tables in ((people, ("message", "person")), (talk, ("message", "response"))):
        for table in tables:
            engine.read(table, [reading / file_of(table)])


def look(
    engine: Engine, people: People, *, read: Read, ledger: Ledger, told: Callable[[str], None] = lambda _: None
) -> Report:
    """Ask everything of what the engine holds (`message`, `response`); the ledger is kept by the caller.

    `told` hears what is done next, one sentence at a time.
    """
    told(_("Making the tables that measures stand on"))
    ground = laid(engine, people)
    gate = Gate(ledger, ground)
    findings = tuple(found(count, gate) for count in counted(engine, ground, told=told))
    return Report(
        read.name,
        _moment(ground.first_at),
        _moment(ground.last_at),
        str(ANSWERS[ground.answer]),
        findings,
        _record(read, findings),
    )


def own_of(engine: Engine, person: str, *, now_at: int, zone_minutes: int = 0) -> Own:
    """What one person sees of what is theirs; the engine holds `message` and `response`. Only they may be told."""
    everybody = engine.ask("SELECT DISTINCT person FROM message WHERE kind = 'human'")
    # Whoever has written nothing can still be named.
    people = laid(
        engine, People([Standing(name) for name in sorted({person, *(name for (name,) in everybody)})])
    ).people
    keep_rows(engine, "me", columns=ME, rows=[(people.index(person), zone_minutes * 60_000_000, now_at)])
    thirds = {int(start): int(times) for start, times in engine.ask(definition("own/rhythm").query)}
    return Own(
        both_ways=tuple(people[who] for (who,) in engine.ask(definition("own/both_ways").query)),
        awaiting=tuple((msg, people[who]) for msg, who in engine.ask(definition("own/awaiting").query)),
        rhythm=tuple(thirds.get(place * EIGHT_HOURS, 0) for place in range(THIRDS)),
        used_to=tuple(people[who] for (who,) in engine.ask(definition("own/used_to").query)),
    )


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / MICROS, tz=UTC)


def _record(read: Read, findings: tuple[Finding, ...]) -> Record:
    figures = [(finding, figure) for finding in findings for figure in finding.figures]
    return Record(
        datetime.now(UTC),
        f"speak-for-yourself {version('speak-for-yourself')}",
        read,
        tuple(_called(finding, figure) for finding, figure in figures if not figure.withheld),
        tuple((_called(finding, figure), figure.withheld) for finding, figure in figures if figure.withheld),
    )


def _called(finding: Finding, figure: Figure) -> str:
    return ": ".join(part for part in (finding.title, str(PARTS[finding.name, figure.part]), figure.cell) if part)
