"""Which process is at a piece of work, and whether it still runs."""

import os
import subprocess
import sys

from speak.kernel.workers import has_ended, this_process

NAME = "from speak.kernel.workers import this_process; print(this_process(), flush=True); input()"


def test_a_process_is_known_by_name_until_it_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", NAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        assert name != this_process()
        assert not has_ended(name)
        other.kill()
        other.wait()
    assert has_ended(name)


def test_this_process_runs_under_one_short_name() -> None:
    assert not has_ended(this_process())
    assert this_process() == this_process()
    assert len(this_process()) <= 64


def test_a_later_process_with_the_same_pid_is_another() -> None:
    host, pid, started = this_process().rsplit(":", 2)
    assert pid == str(os.getpid())
    assert has_ended(f"{host}:{pid}:{int(started) - 1}")


def test_of_other_machines_and_of_nonsense_nothing_is_known() -> None:
    assert not has_ended("another-machine:1:1")
    for nonsense in ("", "x", "a:b", this_process().rsplit(":", 2)[0] + ":x:1"):
        assert not has_ended(nonsense)
