"""Slack and Mattermost, by the address of an incoming webhook: who knows it may speak in one channel.

https://api.slack.com/messaging/webhooks and https://developers.mattermost.com/integrate/webhooks/incoming/. What is
sent is plain words: nobody is called by them, and nothing in them becomes a heading or a link to somewhere else.
"""

import re
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from speak.federation.elsewhere.there import raise_unless_taken
from speak.federation.elsewhere.words import plain_words
from speak.federation.models import ElsewhereKind
from speak.kernel.outbound import Ask, Call, Purpose
from speak.voice.models import Post

LONGEST = 3_000  # of Slack's 40,000 and Mattermost's 16,383 characters: what somebody reads in a channel
SLACK_HOSTS = ("hooks.slack.com", "hooks.slack-gov.com")
LINK = re.compile(r"https?://[^\s<>\"'`\\|]+")
# What Markdown reads as more than itself (CommonMark, 2.4: each may have a backslash before it).
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~<>=-])")
CALLING = re.compile(r"@(?=\w)")
UNSEEN = "\u200b"


def kind_of(webhook: str) -> ElsewhereKind:
    """Which of the two it is, by its host."""
    return ElsewhereKind.SLACK if urlsplit(webhook).hostname in SLACK_HOSTS else ElsewhereKind.MATTERMOST


def message_of(post: Post, *, kind: str) -> dict[str, object]:
    """What a channel gets to read of a post: who says it, what they say, and where it stands if anyone may read it."""
    words = _words(post)
    where = post.url if post.is_open else ""
    name = f"{post.author.called} ({post.author.address})"
    return _message("\n".join(filter(None, (f"{name}:", words, where))), kind=kind)


def greeting(name: str, *, kind: str) -> dict[str, object]:
    """What a channel gets to read when somebody adds it."""
    words = _("%(name)s, at %(place)s, may say something here from now on, when they choose to.")
    return _message(words % {"name": name, "place": settings.SPEAK_DOMAIN}, kind=kind)


def send(webhook: str, message: dict[str, object], *, ask: Ask) -> None:
    """Say it there.

    Raises:
        OutboundFailure: nobody answered.
        NotTaken: it was refused; says whether for good.
    """
    body = msgspec.json.encode(message)
    answer = ask(Call("POST", webhook, Purpose.ACCOUNT, {"Content-Type": "application/json"}, body))
    raise_unless_taken(answer, gone=frozenset({403, 404, 410}))


def _words(post: Post) -> str:
    if post.summary and post.is_open:
        return post.summary
    said = "\n".join(filter(None, (post.summary, plain_words(post))))
    shown = [_picture(media.description) for media in post.media.all()]
    whole = "\n".join((said, *shown)).strip()
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST].rsplit(None, 1)[0]} …"


def _picture(description: str) -> str:
    return _("[A picture: %(words)s]") % {"words": description} if description else _("[A picture]")


def _message(text: str, *, kind: str) -> dict[str, object]:
    if kind == ElsewhereKind.SLACK:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return {"text": escaped, "mrkdwn": False, "link_names": False, "unfurl_links": False}
    return {"text": _escaped_for_markdown(text)}


def _escaped_for_markdown(text: str) -> str:
    """Links stay links; all else is itself. After an @ stands a letter that nobody sees, so that nobody is called."""
    parts: list[str] = []
    end = 0
    for link in LINK.finditer(text):
        parts += [_plain(text[end : link.start()]), link[0].replace("@", "%40")]
        end = link.end()
    return "".join((*parts, _plain(text[end:])))


def _plain(text: str) -> str:
    called = CALLING.sub(f"@{UNSEEN}", MARKDOWN.sub(r"\\\1", text))
    return re.sub(r"^(\d+)\.", r"\1\\.", called, flags=re.MULTILINE)
