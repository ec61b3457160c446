"""The process apart: answers one question after the other, and ends when nobody asks for a while."""

import contextlib
import os
import resource
import select
import sys
from pathlib import Path

import django
import msgspec
from django.conf import settings

IDLE_SECONDS = 60
# Far above what the engine is given to hold: a guard against mistakes of ours.
MOST_MEMORY = 3 * 1024**3
ROOT = Path(__file__).parents[2]


def main() -> None:
    """Until the pipe ends, or nobody asks."""
    settings.configure(USE_I18N=True, USE_TZ=True, LOCALE_PATHS=[str(path) for path in ROOT.glob("*/locale")])
    django.setup()
    # What is said is translated, and so needs Django.
    from speak.mirror.apart.answering import word_on  # noqa: PLC0415
    from speak.mirror.apart.questions import Question, Told, read_frame, write_frame  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    # Whatever a library prints goes where errors go; answers have the pipe for themselves.
    said = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def told(percent: int, what: str) -> None:
        write_frame(said, msgspec.msgpack.encode(Told(percent, what)))

    with contextlib.suppress(BrokenPipeError):
        while select.select([sys.stdin.buffer], [], [], IDLE_SECONDS)[0]:
            packed = read_frame(sys.stdin.buffer)
            if packed is None:
                break
            question: Question = msgspec.msgpack.decode(packed, type=Question)
            write_frame(said, msgspec.msgpack.encode(word_on(question, told)))


if __name__ == "__main__":
    main()
