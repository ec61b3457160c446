"""What this program counts about itself, for Prometheus: work and machines, never people (promise 6).

Each process counts for itself, in files under SPEAK_DATA where SPEAK_METRICS is set; whoever asks gets the
sum. What waits is not counted but read from the database when it is asked for.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from speak.kernel.workers import is_running

# Where processes count together, set by the settings: the library looks for it when it is first imported.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

deliveries = Counter("speak_deliveries", "Attempts to hand a copy to another server, by what came of them", ["outcome"])
inbox_answers = Counter("speak_inbox_answers", "What this server answered to activities; 401 is unproven", ["status"])


@dataclass(frozen=True, slots=True)
class Gauge:
    """Something read when it is asked for: its values by the value of one label, or by "" without one."""

    name: str
    documentation: str
    values: dict[str, float]
    label: str = ""


def as_text(gauges: Iterable[Gauge]) -> bytes:
    """Counters of all processes, and these gauges, in the text format of Prometheus."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        for counter in (deliveries, inbox_answers):
            registry.register(counter)
    registry.register(_Read(list(gauges)))
    return generate_latest(registry)


def forget_ended() -> None:
    """Forget what processes counted that have ended; whoever reads counters knows that they begin anew."""
    folder = os.environ.get(FOLDER, "")
    for file in Path(folder).glob("counter_*.db") if folder else ():
        pid = file.stem.rpartition("_")[2]
        if pid.isdigit() and not is_running(int(pid)):
            file.unlink(missing_ok=True)


class _Read(Collector):
    def __init__(self, gauges: list[Gauge]) -> None:
        self.gauges = gauges

    def collect(self) -> Iterator[Metric]:
        for gauge in self.gauges:
            family = GaugeMetricFamily(gauge.name, gauge.documentation, labels=[gauge.label] if gauge.label else [])
            for of_what, value in sorted(gauge.values.items()):
                family.add_metric([of_what] if gauge.label else [], value)
            yield family
