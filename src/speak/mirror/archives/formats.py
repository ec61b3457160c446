"""The formats that are known, in the order in which they are looked for."""

from collections.abc import Callable
from dataclasses import dataclass

from speak.mirror.archives import slack
from speak.mirror.archives.containers import Container
from speak.mirror.archives.settling import Sameness
from speak.mirror.archives.sink import Sink


@dataclass(frozen=True)
class Format:
    """One format: how it is recognized, how it is read, and what makes two of its rows one message."""

    name: str
    title: str
    recognizes: Callable[[Container], bool]
    read: Callable[[Container, Sink], None]
    sameness: Sameness = Sameness.ID


FORMATS = (Format("slack", "Slack's export", slack.recognizes, slack.read, Sameness.AUTHOR_AND_TIME),)
