"""The formats that are known, in the order in which they are looked for."""

from collections.abc import Callable
from dataclasses import dataclass

from speak.mirror.archives import (
    discord,
    discourse,
    irc,
    mail,
    mastodon,
    matrix,
    mattermost,
    slack,
    teams,
    viva,
    zulip,
    zulip_public,
)
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


# The surest signs come first: a mailbox has nothing but the look of its first lines.
FORMATS = (
    Format("slack", "Slack's export", slack.recognizes, slack.read, Sameness.AUTHOR_AND_TIME),
    Format("zulip", "Zulip's export", zulip.recognizes, zulip.read),
    Format("viva", "Viva Engage's network export", viva.recognizes, viva.read),
    Format("discourse", "a backup of Discourse", discourse.recognizes, discourse.read),
    Format("mastodon", "a Mastodon archive", mastodon.recognizes, mastodon.read),
    Format("mattermost", "Mattermost's bulk export", mattermost.recognizes, mattermost.read),
    Format("discord", "Discord by DiscordChatExporter, as JSON", discord.recognizes, discord.read),
    Format("teams", "Microsoft Teams, by Graph or by its administrators", teams.recognizes, teams.read),
    Format("matrix", "a Matrix room", matrix.recognizes, matrix.read),
    Format("zulip-archive", "a public archive of Zulip", zulip_public.recognizes, zulip_public.read),
    Format("irc", "logs of IRC", irc.recognizes, irc.read),
    Format("mail", "mail: mbox, Maildir or pipermail", mail.recognizes, mail.read),
)
