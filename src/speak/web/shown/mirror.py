"""The mirror's report as one file that needs nothing else: its own style, its own pictures, no script."""

from dataclasses import dataclass
from importlib.resources import files

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from speak.mirror.report import Finding, Report
from speak.mirror.wording import PARTS, in_percent
from speak.web.shown.pictures import Bar, Boxes, Curve, bars, curve, dots, weeks

STYLES = ("tokens.css", "mirror-report.css", "mirror-findings.css")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what, how much, between what, of about how many; or why it is not shown."""

    what: str
    share: str
    between: str
    people: str
    withheld: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How often one part answers another: in words, and as a shade."""

    words: str
    shade: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding as the page shows it."""

    finding: Finding
    bars: tuple[Bar, ...]
    curve: Curve | None
    weeks: Boxes | None
    dots: Boxes | None
    lines: tuple[Line, ...]
    parts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def report_page(report: Report) -> str:
    """The whole file, in the language that is active."""
    style = "\n".join((files("speak.web") / "static" / "web" / name).read_text(encoding="utf-8") for name in STYLES)
    page = {
        "report": report,
        "style": mark_safe(f"<style>\n{style}\n</style>"),  # noqa: S308 - our own style sheets
        "findings": [shown_finding(finding) for finding in report.findings],
    }
    return render_to_string("web/mirror/report.html", page)


def shown_finding(finding: Finding) -> ShownFinding:
    """One finding with its pictures and its table."""
    names = {part: str(words) for (measure, part), words in PARTS.items() if measure == finding.name}
    # The parts of a place are drawn for one question only, in the middle of several; the table has all.
    drawn = list(names)[len(names) // 2 :][:1]
    rows: dict[str, list[Cell]] = {}
    for one, _other, words, shade in finding.compared:
        rows.setdefault(one, []).append(Cell(words, shade))
    return ShownFinding(
        finding,
        bars([figure for figure in finding.figures if not figure.cell or figure.part in drawn], parts=names),
        curve(finding.curve),
        weeks(finding.weeks),
        dots(finding.few, finding.among) if finding.name == "few" else None,
        tuple(_lines(finding, names)),
        tuple(rows),
        tuple((one, tuple(cells)) for one, cells in rows.items()),
    )


def _lines(finding: Finding, names: dict[str, str]) -> list[Line]:
    lines = []
    for figure in finding.figures:
        what = ": ".join(word for word in (names[figure.part], figure.cell) if word)
        share = figure.roughly if figure.percent is None else in_percent(figure.percent)
        between = "" if figure.percent is None else in_percent(f"{figure.low}\u2013{figure.high}")
        lines.append(Line(what, share, between, str(figure.people or ""), figure.withheld))
    return lines
