"""Rooms as far as saying something needs them: who is in one. The package above, `rooms`, knows and answers.

Voice asks at the moment something is said, so that no caller can hand over the wrong people, and
members and readers are the same (promise 8).
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.voice.errors import WrongAudience

Members = Callable[[Actor, int], frozenset[int]]
_answering: list[Members] = []


def answered_by(members: Members) -> Members:
    """Declare who knows: given an author and a room's number, the ids of all who are in it, the author among them.

    It refuses an author who may say nothing there.
    """
    _answering[:] = [members]
    return members


def members(author: Actor, room: int) -> frozenset[int]:
    """Everybody who is in a room, for somebody who is about to speak in it.

    Raises:
        WrongAudience: there is no such room.
        Refusal: the author is not in it, or nothing can be said there now.
    """
    if not room or not _answering:
        raise WrongAudience(_("Choose the room that this is for."))
    return _answering[0](author, room)
