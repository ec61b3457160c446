"""With a fifth of the servers dead and a fifth slow: what that costs the others, and how often the dead are asked."""

import json
import time
from dataclasses import dataclass

from bench.inboxes import Sink, sink
from bench.program import Program

INBOXES = 1000
WELL = 600
# Longer than a breaker stays open at first (federation.delivery.rules.FIRST_OPEN), so that a probe falls into it.
SECONDS_WATCHED = 100
SAID_MEANWHILE = 5


@dataclass(frozen=True)
class Trouble:
    """Seconds until the healthy servers had everything, alone and among the others; probes of one dead server."""

    seconds_alone: float
    seconds_among_others: float
    most_knocks: int
    seconds_watched: float

    @property
    def ratio(self) -> float:
        """How much longer the healthy ones waited; at most 1.5."""
        return self.seconds_among_others / self.seconds_alone


def trouble(program: Program) -> Trouble:
    """Measure, with people of their own; takes three minutes."""
    with sink("troubled") as there:
        for who, kind in (("lone", "well"), ("many", "all")):
            program.run("bench.seed", "person", who)
            program.run("bench.seed", "followers", str(INBOXES), str(there.port), who, kind)
        time.sleep(1)
        _seconds_to_say(program, there, "lone")  # the worker has met them all; what follows is the usual
        alone = _seconds_to_say(program, there, "lone")
        among = _seconds_to_say(program, there, "many")
        _wait_until_left_alone(program)
        before, begun = there.knocks(), time.monotonic()
        for number in range(SAID_MEANWHILE):
            program.run("bench.seed", "said", f"Once more, {number}.", "many")
            time.sleep(SECONDS_WATCHED / SAID_MEANWHILE)
        after = there.knocks()
        most = max(after[last] - before.get(last, 0) for last in after)
        return Trouble(alone, among, most, time.monotonic() - begun)


def _seconds_to_say(program: Program, there: Sink, who: str) -> float:
    arrived = there.number("well")
    begun = float(json.loads(program.run("bench.seed", "said", "To everybody.", who))["at"])
    there.wait_for(int(arrived) + WELL)
    return there.number("last_at") - begun


def _wait_until_left_alone(program: Program) -> None:
    deadline = time.monotonic() + 120
    while int(program.run("bench.seed", "left_alone")) < 40:  # noqa: PLR2004 - as many as are dead in bench.sink
        if time.monotonic() > deadline:
            message = "the dead are still asked"
            raise RuntimeError(message)
        time.sleep(1)
