"""The public layout of zulip/zulip-archive: `zulip_json/<id>-<stream>/<topic>.json`, with names only.

A topic that was moved leaves its old copy behind; a message stands in the table once.
"""

import re

import msgspec

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.said import Said, Space
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.words import length_of_html
from speak.mirror.table import ParentKind

TOPIC = re.compile(r"^(?:.*/)?(\d+)-([^/]*)/(.+)\.json$")
QUOTES = re.compile(r'href="[^"]*?/near/(\d+)[^"]*">said</a>')
MENTION = re.compile(r'<span class="user-mention[^"]*"[^>]*>@([^<]+)</span>')
SECOND = 1_000_000


class Message(msgspec.Struct):
    """A message; its words are HTML."""

    id: int
    sender_full_name: str
    timestamp: float
    content: str = ""


def recognizes(container: Container) -> bool:
    """Whether there are topics in folders of streams."""
    topics = [name for name in container.sizes if TOPIC.match(container.real_name(name))]
    return bool(topics) and b'"sender_full_name"' in head(container, topics[0], size=65536)


def read(container: Container, sink: Sink) -> None:
    """Read each topic."""
    files = Files(container, sink)
    for name in container.named(".json"):
        match = TOPIC.match(container.real_name(name))
        if match is None:
            continue
        space = sink.place(Space(match[1], match[2].replace("-", " ")))
        for _, message in files.items(name, Message):
            _say(message, space, topic=match[3], sink=sink)


def _say(message: Message, space: Space, *, topic: str, sink: Sink) -> None:
    who = sink.know(message.sender_full_name)
    who.name = who.name or message.sender_full_name
    quoted = QUOTES.search(message.content)
    said = Said(
        str(message.id),
        space.id,
        who.raw,
        int(message.timestamp * SECOND),
        len=length_of_html(message.content),
        thread=f"{space.id}/{topic}",
    )
    if quoted:
        said.parent, said.how = quoted[1], ParentKind.QUOTE
    sink.say(said)
    sink.mention(said, MENTION.findall(message.content))
