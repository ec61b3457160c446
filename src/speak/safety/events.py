"""What has happened to reports and limits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandlerNamed:
    """Somebody was asked to hear reports."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class HandlerReady:
    """Somebody said yes, and hears reports from now on."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class HandlerEnded:
    """Somebody does not hear reports any more; what waited with them waits for another."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class ReportMade:
    """Somebody here, or another server, complained about somebody."""

    report_id: int


@dataclass(frozen=True, slots=True)
class HandlerChosen:
    """A report lies with another handler than before, or has one at last."""

    report_id: int


@dataclass(frozen=True, slots=True)
class ReportHandedBack:
    """Whoever was chosen leaves a report to somebody else: its reporter chooses again."""

    report_id: int


@dataclass(frozen=True, slots=True)
class ReportDecided:
    """It was decided what comes of a report."""

    report_id: int


@dataclass(frozen=True, slots=True)
class LimitSet:
    """A limit holds from now on."""

    limit_id: int


@dataclass(frozen=True, slots=True)
class LimitLifted:
    """A limit holds no more: it was lifted, or its time is over."""

    limit_id: int
