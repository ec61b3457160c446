"""One look at a conversation: every measure asked, what may leave told, and a record of it kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from speak.mirror.archives.reading import Reading
from speak.mirror.counting import counted
from speak.mirror.engines import Engine
from speak.mirror.findings import Figure, Finding, Gate, found
from speak.mirror.ground import People, laid
from speak.mirror.ledger import Ledger
from speak.mirror.release import about
from speak.mirror.wording import ANSWERS, PARTS

MICROS = 1_000_000
TWICE = gettext_noop(
    "Some people here may be counted twice, under two names: they look alike, and nobody confirmed that they are one. "
    "Then more people seem to take part, to be heard and to write half than do."
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, by whoever read it: where from, how much, and what was not understood or left aside, by reason."""

    name: str
    kind: str
    messages: int
    aside: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    left_at_their_wish: int = 0

    @classmethod
    def of(cls, reading: Reading, *, name: str, left_out: int = 0) -> "Read":
        """What became of an archive. Where people may stand under two names, it says that figures look better by it."""
        aside = {
            _("private messages, dropped at once"): reading.withheld,
            _("messages that were there twice"): reading.duplicates,
            **reading.left_out,
            **reading.not_understood,
        }
        warnings = [*reading.remarks, _(TWICE)] if reading.proposals else list(reading.remarks)
        counts = {reason: number for reason, number in aside.items() if number}
        return cls(name, reading.source, reading.messages, counts, tuple(warnings), about(left_out))


@dataclass(frozen=True, slots=True)
class Record:
    """What was read, shown and withheld, and why; as open as the report itself."""

    made_at: datetime
    program: str
    read: Read
    shown: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that leaves. `first_on` and `last_on` are days (UTC)."""

    name: str
    first_on: datetime
    last_on: datetime
    answer: str
    findings: tuple[Finding, ...]
    record: Record


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
