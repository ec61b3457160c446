"""Who may send more at once than a form holds: whoever got a ticket on the page where one brings an archive.

It stands in the address, so that what is announced as large is refused before any of it is read: by the front, which
knows nobody and runs before Django has started, and again where pages are made.
"""

from django.conf import settings
from django.core import signing

from speak.kernel.pictures import MAX_BYTES

# As many pictures as one form takes, and its words (DATA_UPLOAD_MAX_MEMORY_SIZE).
MOST_PICTURES, WORDS = 4, 2 * 1024 * 1024
MAX_BODY = MOST_PICTURES * MAX_BYTES + WORDS
MEGABYTE = 1_000_000
AT = "/mirror/archives/bring/"
SALT = "speak.web.tickets"
HOURS_IN_SECONDS = 6 * 60 * 60


def ticket_for(actor_id: int) -> str:
    """A ticket that holds for six hours."""
    return signing.dumps(actor_id, salt=SALT)


def holder_of(ticket: str) -> int | None:
    """Whose it is; nobody's if it is none, or too old."""
    try:
        return int(signing.loads(ticket, salt=SALT, max_age=HOURS_IN_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def most_at(path: str) -> int:
    """How many bytes are taken in at a path: of an archive so many as the settings say, otherwise a form."""
    ticket = path.removeprefix(AT) if path.startswith(AT) else ""
    if not ticket or holder_of(ticket) is None:
        return MAX_BODY
    return max(MAX_BODY, settings.SPEAK_MIRROR_UPLOAD_MB * MEGABYTE + WORDS)
