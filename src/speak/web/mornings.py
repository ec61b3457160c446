"""The letter in the morning: who waits for somebody and where, for whoever asked for it; never a word of what was said.

A letter travels in the open and lies in a mailbox: it holds names and addresses of pages, and whoever opens those signs
in. Whoever has nobody waiting gets none. RFC 8058: a mail program may end them by itself.
"""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from speak.identity.actions import plan_next_morning, take_up_mornings
from speak.identity.models import MorningLetter, NotificationKind
from speak.identity.queries import last_told, mail_address_of, waiting_since
from speak.kernel import mail
from speak.kernel.texts import in_one_line
from speak.web.shown.notifications import ShownNotification, shown_notifications

MOST_LINES = 20
# Of these nobody is named: whom a report is about stands in no mailbox.
NAMELESS = frozenset({NotificationKind.REPORT, NotificationKind.HANDLING})
log = logging.getLogger(__name__)


def send_morning_letters() -> None:
    """To everybody whose morning has come, if somebody waits; what does not leave is told of tomorrow."""
    if not mail.is_set_up():
        return
    for letter in take_up_mornings():
        told_until = last_told(letter.actor)
        message = morning_letter(letter)
        # Planned before it leaves, so that nobody gets two in one morning.
        plan_next_morning(letter, told_until=told_until)
        if message is None:
            continue
        try:
            message.send()
        except (smtplib.SMTPException, OSError) as failure:
            log.warning("a letter in the morning did not leave: %s", type(failure).__name__)
            plan_next_morning(letter, told_until=letter.told_until)


def morning_letter(letter: MorningLetter) -> EmailMessage | None:
    """What is sent; none where nobody waits, or where its reader cannot sign in or has no address any more."""
    reader, address = letter.actor, mail_address_of(letter.actor)
    if reader.user is None or not reader.user.is_active or not address:
        return None
    rows = waiting_since(reader, letter.told_until, most=MOST_LINES + 1)
    with override(reader.user.language or settings.LANGUAGE_CODE):
        items = shown_notifications(reader, rows)
        if not items:
            return None
        end_url = f"{settings.SPEAK_URL}/mornings/end/{letter.token}"
        context = {
            "items": items[:MOST_LINES],
            "has_more": len(items) > MOST_LINES,
            "place_name": settings.SPEAK_NAME,
            "place_url": settings.SPEAK_URL,
            "end_url": end_url,
        }
        words = render_to_string("web/mornings/letter.txt", context)
        made = EmailMessage(_subject(items), words, None, [address])
    made.extra_headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{end_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return made


def _subject(items: list[ShownNotification]) -> str:
    names = list(dict.fromkeys(in_one_line(item.about.name) for item in items if item.kind not in NAMELESS))
    if not names:
        return _("Something waits for you at %(place)s") % {"place": settings.SPEAK_NAME}
    if len(names) == 1:
        return _("%(name)s waits for you") % {"name": names[0]}
    return _("%(name)s and others wait for you") % {"name": names[0]}
