"""What the mirror declines, and what goes wrong with an archive while it is read."""

from speak.kernel.errors import Failure, Invalid, TooMuch


class NotAnArchive(Invalid):
    """Nothing in it looks like an export that is known here."""


class Unreadable(Invalid):
    """It cannot be opened at all: cut off, locked, or not what its name says."""


class TooLarge(TooMuch):
    """It holds, or would become, more than is read."""


class Damaged(Failure):
    """One file of an archive cannot be read, or not to its end; the others still are."""
