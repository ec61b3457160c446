"""What an app may listen to: Mastodon's streams, each with the timeline whose news it tells."""

from dataclasses import dataclass

from speak.clients.tokens import Bearer, ScopeMissing
from speak.identity.models import Actor
from speak.identity.queries import list_of
from speak.kernel.errors import Invalid
from speak.voice.queries import Entry, Window, announced, home_timeline, list_timeline, posts_tagged

PUBLIC = ("public", "public:media", "public:local", "public:local:media", "public:remote", "public:remote:media")
TAGGED = ("hashtag", "hashtag:local")
NAMES = frozenset({"user", "user:notification", "direct", "list", *PUBLIC, *TAGGED})
LONGEST_TAG = 100


class NoSuchStream(Invalid):
    """There is no stream of this name, or it lacks what it needs."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One stream, as one person hears it."""

    name: str
    list_id: int = 0
    tag: str = ""

    @property
    def address(self) -> list[str]:
        """What tells an app which of its streams a message belongs to."""
        further = str(self.list_id) if self.list_id else self.tag
        return [self.name, further] if further else [self.name]

    @property
    def scope(self) -> str:
        """What a token must reach."""
        return "read:notifications" if self.name == "user:notification" else "read:statuses"

    @property
    def tells_notifications(self) -> bool:
        """Whether it tells what awaits somebody."""
        return self.name in {"user", "user:notification"}

    @property
    def is_open(self) -> bool:
        """Whether only what is said to anyone stands in it."""
        return self.name in PUBLIC or self.name in TAGGED

    def entry(self, viewer: Actor, entry_id: int) -> Entry | None:
        """The post or boost of this number, exactly if it stands in the timeline whose news this is."""
        found = self._timeline(viewer, Window(before=entry_id + 1, after=entry_id - 1, limit=1))
        return found[0] if found else None

    def _timeline(self, viewer: Actor, window: Window) -> list[Entry]:
        if self.name == "user":
            return home_timeline(viewer, window)
        if self.name == "list":
            return list_timeline(viewer, list_of(viewer, self.list_id), window)
        if self.name in TAGGED:
            found = posts_tagged(viewer, self.tag, window)
            return [Entry(post.pk, post) for post in found if self.name == "hashtag" or post.is_local]
        if self.name in PUBLIC:
            is_local = {"local": True, "remote": False}.get((self.name + ":").split(":")[1])
            only_media = self.name.endswith(":media")
            return [
                Entry(post.pk, post) for post in announced(viewer, window, is_local=is_local, only_media=only_media)
            ]
        return []


def channel_for(bearer: Bearer, *, name: str, list_id: str = "", tag: str = "") -> Channel:
    """The stream that an app asks for.

    Raises:
        NoSuchStream: there is none of this name; or which list, or which tag, is missing.
        ScopeMissing: the token does not reach that far.
        NoSuchList: the list is not one of theirs.
    """
    if name not in NAMES:
        raise NoSuchStream("Unknown stream type")
    if name == "list" and not (list_id.isascii() and list_id.isdigit() and len(list_id) < 20):  # noqa: PLR2004 - digits of 64 bits
        raise NoSuchStream("Missing list name parameter")
    tag = tag.removeprefix("#").strip().lower()
    if name in TAGGED and not 0 < len(tag) <= LONGEST_TAG:
        raise NoSuchStream("Missing tag name parameter")
    channel = Channel(name, int(list_id) if name == "list" else 0, tag if name in TAGGED else "")
    if not bearer.reaches(channel.scope):
        raise ScopeMissing("Access token does not have the required scopes")
    if channel.list_id and bearer.actor:
        list_of(bearer.actor, channel.list_id)
    return channel
