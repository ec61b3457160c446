"""What rooms declines."""

from speak.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class NotInRoom(NotFound):
    """No such room, or none for this viewer; the two look the same."""


class GoFirst(NotAllowed):
    """Promise 2: whoever asks others has spoken and answered before."""


class HostOnly(NotAllowed):
    """Only whoever hosts the room does that."""


class RoomFull(Conflict):
    """As many are in it as there is room for."""


class RoomQuiet(Conflict):
    """It rests, or has ended: nothing can be said in it now."""


class InvitationSpent(NotFound):
    """It was answered, taken back, has expired, or never was; or is for somebody else."""


class Unfit(Invalid):
    """What was given cannot be used as it is."""


class MalformedProgramme(Invalid):
    """The file of a programme cannot be read; the sentence names the line and the reason."""


class NotAgreed(Conflict):
    """Somebody whose words are used has not agreed."""


class ChangedMeanwhile(Conflict):
    """Somebody says yes to what they saw, and something else is there now."""
