"""What somebody brings, opened where it lies; half a file is no file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from speak.clients.bringing.documents import garbled
from speak.mirror.archives.containers import Container, open_container
from speak.mirror.archives.sources import Tar

# A tar ends in two blocks of zeros (POSIX.1-1988, ustar).
TAR_END = bytes(1024)


@contextmanager
def opened(path: Path, scratch: Path) -> Iterator[Container]:
    """The files in it.

    Raises:
        Unreadable, TooLarge: it cannot be opened, or becomes far more than its size allows.
        Garbled: its end is missing.
    """
    with open_container(path, scratch) as container:
        if container.is_cut_off or (isinstance(container.source, Tar) and not _ends(container.source.path)):
            raise garbled(path.name)
        yield container


def _ends(tar: Path) -> bool:
    with tar.open("rb") as stream:
        stream.seek(-min(tar.stat().st_size, len(TAR_END)), os.SEEK_END)
        return stream.read() == TAR_END
