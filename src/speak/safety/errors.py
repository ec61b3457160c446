"""What safety declines."""

from speak.kernel.errors import Invalid, NotAllowed, NotFound, TooMuch


class NotThere(NotFound):
    """No such report, or none for this viewer; the two look the same."""


class NotToBeReported(Invalid):
    """Nobody reports themselves, nor what they could not read."""


class NoSuchHandler(Invalid):
    """That person cannot hear this report."""


class NotYours(NotAllowed):
    """That is for those who hear reports, or who run this server."""


class NothingSaid(Invalid):
    """A report, a decision and a limit each need words."""


class TooLong(Invalid):
    """Longer than there is room for."""


class TooOften(TooMuch):
    """More reports in a day than anybody could read."""


class WrongLimit(Invalid):
    """That limit cannot be set."""
