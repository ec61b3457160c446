"""What identity declines."""

from speak.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class WrongHandle(Invalid):
    """Not of the grammar, or reserved."""


class HandleTaken(Conflict):
    """Somebody has it, or had it."""


class LinkSpent(NotFound):
    """The link to join was used, has expired, or never was."""


class NotYourself(Invalid):
    """One cannot do this to oneself."""


class Blocked(NotAllowed):
    """One of the two has blocked the other."""


class NoSuchActor(NotFound):
    """Nobody is called that."""


class Suspended(NotAllowed):
    """They say nothing here at present, by a decision of the people of this server."""


class MovedAway(NotAllowed):
    """They live somewhere else, and say nothing new here."""


class LastOperator(Conflict):
    """Whoever else lives here would live at a place that nobody runs."""


class TooLong(Invalid):
    """Longer than there is room for."""


class NoSuchNotification(NotFound):
    """It was forgotten, or told to somebody else."""


class NoSuchList(NotFound):
    """It is not there, or somebody else's."""


class WrongServer(Invalid):
    """It is no name of another server."""


class NotFollowed(Invalid):
    """One does not hear them oneself."""


class NoMailAddress(Invalid):
    """No e-mail address that somebody confirmed."""


class WrongDomain(Invalid):
    """Not a domain, or none that a person may bring."""


class DomainTaken(Conflict):
    """Somebody else was found to have it at the same moment."""


class NoDomain(NotFound):
    """They brought none, or it is not proven."""
