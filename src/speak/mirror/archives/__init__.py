"""Archives in: conversations from elsewhere, read into tables."""

from speak.mirror.archives.people import Proposal
from speak.mirror.archives.reading import Progress, Reading, Wishes, read_archive

__all__ = ["Progress", "Proposal", "Reading", "Wishes", "read_archive"]
