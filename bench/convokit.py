"""ConvoKit and we count the same 100,000 messages to the same numbers, each from a file of its own form.

ConvoKit lives in an environment of its own, which goes away afterwards; it is no dependency. Of its 126 packages (6 GB
with CUDA) only those are fetched that a Corpus imports.
"""

import json
import os
import runpy
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from bench.slackform import write_archive
from bench.watching import Spent
from speak.mirror.archives.reading import read_archive

MESSAGES = 100_000
AIM = 30
ROUNDS = 5
CONVOKIT = "convokit==5.0.0"
NEEDED = ("numpy", "pandas", "scipy", "scikit-learn", "tqdm", "pymongo", "requests", "pyyaml")
HERE = Path(__file__).parent
BOOTSTRAP = HERE.parent / "scripts" / "bootstrap.py"
SAID = """
COPY (
  SELECT DENSE_RANK() OVER (ORDER BY person) AS person, 0 AS is_outside, msg_id, thread_id,
    parent_id, parent_kind, ts_utc AS said_at
  FROM read_parquet('{table}')
  WHERE visibility = 'public' AND kind = 'human' AND NOT deleted
  ORDER BY ts_utc, msg_id
) TO '{file}' (FORMAT parquet, COMPRESSION zstd)
"""
UTTERANCES = """
SELECT CAST(msg_id AS VARCHAR), CAST(thread_id AS VARCHAR), CAST(person AS VARCHAR), CAST(parent_id AS VARCHAR),
    said_at // 1000000
FROM read_parquet('{file}')
"""


@dataclass(frozen=True)
class Counting:
    """What was counted, and the least that it took."""

    counts: dict[str, int]
    spent: Spent


@dataclass(frozen=True)
class Missing:
    """Why there is no comparison."""

    sentence: str


def compared(folder: Path | None = None) -> dict[str, object]:
    """Count on both sides, print, and return the same for the JSON.

    Raises:
        RuntimeError: the two do not come to the same counts.
    """
    with tempfile.TemporaryDirectory(dir=folder) as place:
        scratch = Path(place)
        python = _environment(scratch / "convokit")
        if isinstance(python, Missing):
            print(python.sentence)
            return {"skipped": python.sentence}
        write_archive(scratch / "archive.zip", messages=MESSAGES)
        reading = read_archive(scratch / "archive.zip", into=scratch / "reading")
        said, utterances = scratch / "said.parquet", scratch / "utterances.jsonl"
        _write_both(reading.table("message"), said=said, utterances=utterances)
        home = {**os.environ, "HOME": str(scratch)}  # where it writes its settings
        theirs = _counted([str(python), "-P", str(HERE / "convokit_counts.py"), str(utterances)], home)
        ours = _counted([sys.executable, "-m", "bench.counts", str(said)], dict(os.environ))
    if ours.counts != theirs.counts:
        message = f"we count {ours.counts}, ConvoKit {theirs.counts}"
        raise RuntimeError(message)
    ratio = theirs.spent.seconds / ours.spent.seconds
    cpu_ratio = theirs.spent.cpu_seconds / ours.spent.cpu_seconds
    print(
        f"{MESSAGES:,} messages: {CONVOKIT} takes {theirs.spent.seconds:.2f} s to the same counts, we"
        f" {ours.spent.seconds:.3f} s: {ratio:.0f} times as long, {cpu_ratio:.0f} by CPU (aim {AIM})\n  {ours.counts}"
    )
    return {"ratio": ratio, "cpu_ratio": cpu_ratio, "convokit": asdict(theirs), "ours": asdict(ours)}


def _environment(folder: Path) -> Path | Missing:
    """The Python of an environment with ConvoKit in it; where it cannot be fetched, the sentence that says so."""
    uv, python = runpy.run_path(str(BOOTSTRAP))["find_uv"](), folder / "bin" / "python"
    install = [uv, "pip", "install", "--quiet", "--python", str(python)]
    commands = (
        [uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        [*install, "--only-binary", ":all:", *NEEDED],
        [*install, "--no-deps", CONVOKIT],
        [str(python), "-c", "import convokit"],
    )
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
        if done.returncode:
            why = " ".join(done.stderr.split())[-300:]
            return Missing(f"Not compared with ConvoKit: {CONVOKIT} could not be installed here ({why}).")
    return python


def _write_both(table: Path, *, said: Path, utterances: Path) -> None:
    """What people said, once in our form and once in ConvoKit's; without the words: a mirror keeps none."""
    with utterances.open("w", encoding="utf-8") as file, duckdb.connect() as door:
        door.execute(SAID.format(table=table, file=said))
        for message, thread, person, parent, said_at in door.execute(UTTERANCES.format(file=said)).fetchall():
            row = {"id": message, "conversation_id": thread, "speaker": person, "reply-to": parent}
            file.write(json.dumps({**row, "timestamp": said_at, "text": "", "meta": {}}) + "\n")


def _counted(command: list[str], environment: dict[str, str]) -> Counting:
    """The least of some rounds, of seconds and of CPU: others may be at work on the machine."""
    found: list[Spent] = []
    counts: dict[str, int] = {}
    for _ in range(ROUNDS):
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603
        said = json.loads(done.stdout.splitlines()[-1])
        found.append(Spent(said["seconds"], said["cpu_seconds"]))
        counts = said["counts"]
    least = Spent(min(spent.seconds for spent in found), min(spent.cpu_seconds for spent in found))
    return Counting(counts, least)
