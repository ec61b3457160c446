"""Which process is at a piece of work, so that what a killed one held can be taken back."""

import os
import socket
from functools import cache
from pathlib import Path

HOST_CHARACTERS = 32
# In /proc/PID/stat, after the name in parentheses: when the process began, in ticks since the machine did.
STARTED_FIELD = 19


@cache
def _name_of(pid: int) -> str:
    return f"{_host()}:{pid}:{_started(pid)}"


def this_process() -> str:
    """host:pid:start, at most 64 characters. No later process has it, even with the same pid."""
    return _name_of(os.getpid())


def is_of_this_machine(name: str) -> bool:
    """Whether the process of this name runs, or ran, here: then `has_ended` knows."""
    return name.rsplit(":", 2)[0] == _host()


def has_ended(name: str) -> bool:
    """Whether the process of this name ran on this machine and runs no more. Of other machines nothing is known."""
    parts = name.rsplit(":", 2)
    if len(parts) != len(("host", "pid", "start")) or parts[0] != _host() or not parts[1].isdigit():
        return False
    pid = int(parts[1])
    return not is_running(pid) or parts[2] != _started(pid)


def _host() -> str:
    return socket.gethostname()[-HOST_CHARACTERS:]


def _started(pid: int) -> str:
    """Where the system does not tell, nothing: then a pid that runs counts as the same process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return fields[STARTED_FIELD]


def is_running(pid: int) -> bool:
    """Whether there is a process of this number, whosever."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
