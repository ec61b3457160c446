"""Who may send more at once than a form holds: whoever got a ticket on the page where one brings a large file.

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
# Where what one said elsewhere is brought, and where archives are brought to the mirror.
WORDS_AT, ARCHIVES_AT = "/settings/bring/with/", "/mirror/archives/bring/"
SETTINGS = {WORDS_AT: "SPEAK_IMPORT_MB", ARCHIVES_AT: "SPEAK_MIRROR_UPLOAD_MB"}
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
    """How many bytes are taken in at a path: of a large file so many as the settings say, otherwise a form."""
    for beginning, name in SETTINGS.items():
        if path.startswith(beginning) and holder_of(path.removeprefix(beginning)) is not None:
            return max(MAX_BODY, int(getattr(settings, name)) * MEGABYTE + WORDS)
    return MAX_BODY
