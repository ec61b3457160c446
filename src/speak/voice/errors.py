"""What voice declines."""

from speak.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class NotThere(NotFound):
    """No such post, or none for this viewer; the two look the same."""


class NotYours(NotAllowed):
    """Only its author may do that."""


class NothingSaid(Invalid):
    """No words and no pictures."""


class TooLong(Invalid):
    """Longer than a post may be."""


class WrongAudience(Invalid):
    """That audience cannot be used for that."""


class WiderThanAnswered(Conflict):
    """More people could read the answer than what it answers, and its author has not said they know."""


class NotToBeQuoted(NotAllowed):
    """Its author does not let these words be shown inside others, or they are not for anyone."""


class NotToBeAnswered(NotAllowed):
    """Its author does not want answers, or not from them."""


class NotToBePassedOn(NotAllowed):
    """Only what anyone may read can be passed on."""


class WrongReader(NotAllowed):
    """A draft cannot be shown to them."""
