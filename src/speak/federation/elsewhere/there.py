"""What an answer from there means."""

from speak.kernel.errors import Failure
from speak.kernel.outbound import Answer

OK = range(200, 300)
LATER = frozenset({408, 425, 429})
REFUSED = frozenset({401, 403})
SERVER_FAULTS = 500


class NotTaken(Failure):
    """It was understood there, and not taken. `is_shut`: they let the person in no more."""

    def __init__(self, status: int, *, is_shut: bool, permanent: bool) -> None:
        """`status` is that of the answer (RFC 9110, 15)."""
        super().__init__(f"answered {status}", permanent=permanent)
        self.status = status
        self.is_shut = is_shut


def raise_unless_taken(answer: Answer, *, gone: frozenset[int] = REFUSED) -> None:
    """Let pass what was taken; statuses in `gone` mean that this place is no longer the person's.

    Raises:
        NotTaken: it was not.
    """
    status = answer.status
    if status in OK:
        return
    is_shut = status in gone
    raise NotTaken(status, is_shut=is_shut, permanent=is_shut or (status < SERVER_FAULTS and status not in LATER))
