"""Letters: one post to one reader, in plain words and in simple HTML, with the way to leave in every one.

RFC 2369 and RFC 8058: List-Unsubscribe with an https address that a program may POST to, by itself, once.
"""

import datetime as dt
import smtplib
from collections.abc import Sequence
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from speak.federation.elsewhere.words import plain_words
from speak.federation.models import Letter, SaidElsewhere, Subscriber
from speak.kernel import clock, mail
from speak.kernel.due import put_off, take_up
from speak.kernel.texts import in_one_line
from speak.voice.models import Post

LEASE = dt.timedelta(minutes=30)
# So many leave at once, over one connection; the next lot a moment later.
MOST_AT_ONCE = 50
LONGEST_SUBJECT = 90
PERMANENT = 500


def owe_letters(said: SaidElsewhere) -> None:
    """A post is owed to everybody who asked its author for it and confirmed that."""
    now = clock.now()
    readers = Subscriber.objects.filter(author=said.post.author).exclude(confirmed_at=None).values_list("pk", flat=True)
    letters = [Letter(said=said, reader_id=pk, due_at=now, first_at=now) for pk in readers]
    Letter.objects.bulk_create(letters, ignore_conflicts=True, batch_size=500)


@transaction.atomic
def take_up_letters() -> list[int]:
    """The ids of letters that are due; each is handed out once, and again only when nobody reports back."""
    return take_up(Letter, most=MOST_AT_ONCE, lease=LEASE)


def send_letters(ids: Sequence[int], *, connection: BaseEmailBackend | None = None) -> None:
    """Send these; what does not leave is planned for later, for three days."""
    rows = Letter.objects.select_related("said__post__author", "reader").filter(pk__in=ids).order_by("pk")
    if not mail.is_set_up():
        return
    line = connection or get_connection()
    try:
        for letter in rows:
            _send(letter, line)
    finally:
        line.close()


def ask_whether_it_is_them(reader: Subscriber) -> None:
    """The one letter to an address that has not confirmed: does it want the others?"""
    with override(reader.language or settings.LANGUAGE_CODE):
        context = {
            "author": reader.author,
            "place_name": settings.SPEAK_NAME,
            "yes_url": f"{settings.SPEAK_URL}/letters/yes/{reader.token}",
        }
        subject = _("Do you want to read %(name)s by e-mail?") % {"name": reader.author.called}
        words = render_to_string("letters/question.txt", context)
        made = EmailMultiAlternatives(in_one_line(subject), words, _from(reader), [reader.address])
        made.extra_headers = {"Auto-Submitted": "auto-generated"}
        made.send()


def letter_to(reader: Subscriber, post: Post) -> EmailMultiAlternatives:
    """A post as it stands now, for one reader."""
    leave_url = f"{settings.SPEAK_URL}/letters/leave/{reader.token}"
    with override(reader.language or settings.LANGUAGE_CODE):
        context = {
            "author": reader.author,
            "place_name": settings.SPEAK_NAME,
            "post": post,
            "words": plain_words(post),
            "descriptions": [media.description for media in post.media.all()],
            "leave_url": leave_url,
        }
        words = render_to_string("letters/letter.txt", context)
        html = render_to_string("letters/letter.html", context)
    made = EmailMultiAlternatives(_subject(post), words, _from(reader), [reader.address])
    made.attach_alternative(html, "text/html")
    made.extra_headers = {
        "List-Id": f"<{reader.author.handle}.{settings.SPEAK_DOMAIN.partition(':')[0]}>",
        "List-Unsubscribe": f"<{leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Message-ID": f"<{post.pk}.{reader.pk}@{settings.SPEAK_DOMAIN.partition(':')[0]}>",
    }
    return made


def _send(letter: Letter, line: BaseEmailBackend) -> None:
    post, reader = letter.said.post, letter.reader
    if post.withdrawn_at is None and post.is_open:
        try:
            made = letter_to(reader, post)
            made.connection = line
            made.send()
        except (smtplib.SMTPException, OSError) as failure:
            _later(letter, failure)
            return
        Subscriber.objects.filter(pk=reader.pk).exclude(failed_at=None).update(failed_at=None)
    Letter.objects.filter(pk=letter.pk).delete()


def _later(letter: Letter, failure: smtplib.SMTPException | OSError) -> None:
    if _is_for_good(failure) or not put_off(letter):
        Subscriber.objects.filter(pk=letter.reader_id, failed_at=None).update(failed_at=clock.now())
        Letter.objects.filter(pk=letter.pk).delete()


def _is_for_good(failure: smtplib.SMTPException | OSError) -> bool:
    """Whether the mail server says that this letter will never be taken (RFC 5321, 4.2.1)."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _reason in failure.recipients.values())
    return isinstance(failure, smtplib.SMTPDataError) and failure.smtp_code >= PERMANENT


def _from(reader: Subscriber) -> str:
    """Who writes, by the address of this server: answers are written where the words stand."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return formataddr((in_one_line(f"{reader.author.called} ({settings.SPEAK_NAME})"), address))


def _subject(post: Post) -> str:
    line = in_one_line(post.title or post.summary or plain_words(post) or _("A picture"))
    return line if len(line) <= LONGEST_SUBJECT else f"{line[:LONGEST_SUBJECT].rsplit(' ', 1)[0]} …"
