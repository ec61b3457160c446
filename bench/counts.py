"""python -m bench.counts FILE: what bench.convokit_counts counts with ConvoKit, of the same rows; prints JSON."""

import json
import sys
import time
from pathlib import Path

from speak.mirror.engines import Engine, opened
from speak.mirror.measures import basis

# Slack has no conversations that have a name instead of a first message.
NO_TOPIC = "SELECT thread_id, msg_id FROM said WHERE 1 = 0"
STANDING = "SELECT DISTINCT person, '' AS cell, 0 AS is_outside FROM said"
NO_ROLE = "SELECT person, said_at AS since_at, said_at AS until_at FROM said WHERE 1 = 0"
BASIS = ("opening", "opened", "reply")
PAIR = "SELECT from_person, to_person, COUNT(*) AS times FROM reply GROUP BY from_person, to_person"
COUNTS = """
SELECT (SELECT COUNT(DISTINCT person) FROM said) AS speakers,
       (SELECT COUNT(*) FROM said) AS utterances,
       (SELECT SUM(times) FROM pair) AS replies,
       (SELECT COUNT(*) FROM pair) AS ties,
       (SELECT COUNT(*) FROM pair AS a
        JOIN pair AS b ON b.from_person = a.to_person AND b.to_person = a.from_person) AS returned,
       (SELECT COUNT(*) FROM opened) AS conversations,
       (SELECT COUNT(answered_at) FROM opened) AS answered
"""
NAMES = ("speakers", "utterances", "replies", "ties", "ties returned", "conversations", "conversations answered")


def main() -> None:
    """Everything from the imports to the last count is on the clock, as on ConvoKit's side."""
    begun, cpu = time.perf_counter(), time.process_time()
    with opened() as engine:
        counts = counted(engine, Path(sys.argv[1]))
        spent = {"seconds": time.perf_counter() - begun, "cpu_seconds": time.process_time() - cpu}
    print(json.dumps({"counts": counts, **spent}))


def counted(engine: Engine, said: Path) -> dict[str, int]:
    """By the same questions the measures stand on."""
    engine.read("said", [said])
    engine.make("topic", NO_TOPIC)
    engine.make("standing", STANDING)
    engine.make("role_held", NO_ROLE)
    for name in BASIS:
        engine.make(name, basis(name), is_kept=name == "opened")
    engine.make("pair", PAIR)
    return dict(zip(NAMES, map(int, engine.ask(COUNTS)[0]), strict=True))


if __name__ == "__main__":
    main()
