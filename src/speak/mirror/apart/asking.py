"""The side that asks: starts the process apart, one question at a time, and lets go of it when it is idle or hangs."""

import atexit
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

import msgspec
from django.utils.translation import gettext as _

from speak.kernel.errors import Failure, Invalid, TooMuch
from speak.mirror.apart.questions import Answered, Declined, Failed, Question, Told, Word, read_frame, write_frame

SECONDS = 60
MOST_AT_ONCE = 3
Answer = TypeVar("Answer")


class Aside:
    """One process apart, started when it is first asked; asking it is safe from several threads."""

    def __init__(self, *, seconds: float = SECONDS, most_at_once: int = MOST_AT_ONCE) -> None:
        """`seconds`: how long an answer may take; of so many at once all but one wait, and more are declined."""
        self._seconds = seconds
        self._turns = threading.Semaphore(most_at_once)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, question: Question, kind: type[Answer], *, told: Callable[[Told], None] = lambda _: None) -> Answer:
        """The answer to a question; `told` hears how far it is.

        Raises:
            Invalid: it declines, with the reason.
            TooMuch: too many ask at once.
            Failure: it went wrong, or took too long.
        """
        if not self._turns.acquire(blocking=False):
            raise TooMuch(_("Many look at once just now."), hint=_("Look again in a moment."))
        with ExitStack() as leaving:
            leaving.callback(self._turns.release)
            leaving.enter_context(self._lock)
            packed = msgspec.msgpack.encode(question)
            match self._heard(packed, told):
                case Answered(answer):
                    return msgspec.msgpack.decode(answer, type=kind)
                case Declined(sentence, hint):
                    raise Invalid(sentence, hint=hint)
                case Failed(error):
                    raise Failure(f"the mirror could not look: {error}")
                case _:
                    raise Failure("the mirror could not look: its process ended")

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _heard(self, packed: bytes, told: Callable[[Told], None]) -> Word | None:
        """The last word on a question; asked once more where the process had ended meanwhile, since nobody asked it."""
        is_new = self._process is None
        word = self._asked(packed, told)
        return self._asked(packed, told) if word is None and not is_new else word

    def _asked(self, packed: bytes, told: Callable[[Told], None]) -> Word | None:
        process = self._process = self._process or _started()
        timer = threading.Timer(self._seconds, process.kill)
        with ExitStack() as closing:
            # Also where whoever hears how far it is wants no more of it.
            closing.callback(self.close)
            timer.start()
            closing.callback(timer.cancel)
            word = _exchange(process, packed, told)
            if word is not None:
                timer.cancel()
                closing.pop_all()
        return word


def _exchange(process: subprocess.Popen[bytes], packed: bytes, told: Callable[[Told], None]) -> Word | None:
    assert process.stdin is not None  # noqa: S101 - they are pipes
    assert process.stdout is not None  # noqa: S101
    try:
        write_frame(process.stdin, packed)
        while frame := read_frame(process.stdout):
            word: Word = msgspec.msgpack.decode(frame, type=Word)
            if not isinstance(word, Told):
                return word
            told(word)
    except OSError:
        return None
    return None


def _started() -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "speak.mirror.apart"]
    return subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ourselves


# The one that pages ask.
_beside_pages = Aside()
ask = _beside_pages.ask
atexit.register(_beside_pages.close)
