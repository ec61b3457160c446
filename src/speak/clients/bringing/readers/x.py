"""An archive of X, or of Twitter before it: data/tweets.js and its parts, and the pictures in data/tweets_media.

Each file is a script that assigns an array (`window.YTD.tweets.part0 = […]`); its README.txt tells of the fields.
Links come shortened with what they stand for beside them; words are escaped as in HTML; what was passed on begins with
“RT @”.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

import msgspec

from speak.clients.bringing.documents import Within, json_items
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.pages import in_paragraphs
from speak.kernel.times import moment
from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import head
from speak.voice.actions import BroughtPicture, BroughtPost
from speak.voice.reach import Reach

TWEETS = re.compile(r"(?:^|.*/)tweets?(?:-part\d+)?\.js")
CIRCLE = re.compile(r"(?:^|.*/)twitter-circle-tweet(?:-part\d+)?\.js")
NOTES = re.compile(r"(?:^|.*/)note-tweet(?:-part\d+)?\.js")
PROTECTED = "protected-history.js"
SCRIPT = Within(after=b"=")
SIGN = b"window.YTD."
STATUS, PERSON = "https://x.com/i/web/status/{}", "https://x.com/{}"
PASSED_ON = re.compile(r"RT @\w{1,20}:")
NO_LANGUAGE = {"und", "qam", "qct", "qht", "qme", "qst", "zxx", "art"}
MENTION = re.compile(r"(?<![\w@/])@(\w{1,20})")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}…]")
# What is longer than a tweet was lies in a file of its own, and here only its beginning.
BEGINNING = 80


class Url(msgspec.Struct):
    """A shortened link."""

    url: str = ""
    expanded_url: str | None = None


class Hashtag(msgspec.Struct):
    """A hashtag, without its sign."""

    text: str = ""


class Mentioned(msgspec.Struct):
    """Somebody called by name."""

    screen_name: str = ""


class Media(msgspec.Struct):
    """A picture, or the first one of a film."""

    url: str = ""
    media_url_https: str = ""
    type: str = "photo"
    ext_alt_text: str | None = None


class Entities(msgspec.Struct):
    """What stands in the words."""

    urls: list[Url] = []
    hashtags: list[Hashtag] = []
    user_mentions: list[Mentioned] = []
    media: list[Media] = []


class Edits(msgspec.Struct, rename="camel"):
    """All wordings of a tweet, the newest last."""

    edit_tweet_ids: list[str] = []


class Edited(msgspec.Struct, rename="camel"):
    """One wording among several."""

    edit_control_initial: Edits | None = None


class EditInfo(msgspec.Struct):
    """As the first wording says it, and as the others do."""

    initial: Edits | None = None
    edit: Edited | None = None


class Tweet(msgspec.Struct):
    """A tweet."""

    id_str: str
    created_at: str
    full_text: str | None = None
    text: str | None = None
    lang: str | None = None
    in_reply_to_status_id_str: str | None = None
    entities: Entities = msgspec.field(default_factory=Entities)
    extended_entities: Entities | None = None
    possibly_sensitive: bool | None = None
    edit_info: EditInfo | None = None


class Row(msgspec.Struct):
    """A row of tweets.js; in the oldest archives it is the tweet itself."""

    tweet: msgspec.Raw


class Core(msgspec.Struct):
    """The words of a long tweet."""

    text: str = ""
    urls: list[msgspec.Raw] = []


class LongTweet(msgspec.Struct, rename="camel"):
    """A long tweet."""

    created_at: str
    core: Core


class LongRow(msgspec.Struct, rename="camel"):
    """A row of note-tweet.js."""

    note_tweet: LongTweet


class NoteUrl(msgspec.Struct, rename="camel"):
    """A shortened link in a long tweet."""

    short_url: str = ""
    expanded_url: str | None = None


def recognizes(container: Container) -> bool:
    """Whether there are tweets in it."""
    return any(head(container, name).lstrip().startswith(SIGN) for name in _named(container, TWEETS))


def read(container: Container, notes: Notes) -> Iterator[BroughtPost]:
    """Each tweet.

    Raises:
        Garbled: one of the files breaks off.
    """
    reader = _Reader(container, notes)
    was = Reach.FOLLOWERS if _is_protected(container, notes) else Reach.PUBLIC
    for pattern, reach in ((TWEETS, was), (CIRCLE, Reach.SELF)):
        for name in _named(container, pattern):
            yield from reader.posts(name, reach)


def _named(container: Container, pattern: re.Pattern[str]) -> list[str]:
    return [name for name in container.named(".js") if pattern.fullmatch(name)]


def _is_protected(container: Container, notes: Notes) -> bool:
    """Whether an account was for its followers alone in the end; where that cannot be read, it was."""
    names = [name for name in container.named(PROTECTED) if name.rpartition("/")[2] == PROTECTED]
    for name in names:
        rows = [row for _, row in json_items(container, name, msgspec.Raw, notes=notes, within=SCRIPT)]
        if rows:
            return b"unprotect" not in bytes(rows[-1]).lower()
    return False


class _Reader:
    """What lies beside the tweets, read once."""

    def __init__(self, container: Container, notes: Notes) -> None:
        self._container, self._notes = container, notes
        media = (name for name in container.sizes if "_media/" in f"/{name}")
        self._media = {name.rpartition("/")[2]: name for name in media}
        self._long = dict(self._long_ones())

    def posts(self, name: str, was: Reach) -> Iterator[BroughtPost]:
        for place, row in json_items(self._container, name, msgspec.Raw, notes=self._notes, within=SCRIPT):
            tweet = self._tweet(row, place)
            if tweet is not None:
                yield from self._post(tweet, place, was)

    def _tweet(self, raw: msgspec.Raw, place: str) -> Tweet | None:
        try:
            try:
                return msgspec.json.decode(msgspec.json.decode(raw, type=Row).tweet, type=Tweet, strict=False)
            except msgspec.ValidationError:
                return msgspec.json.decode(raw, type=Tweet, strict=False)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self._notes.tell(Why.SHAPE, place)
            return None

    def _post(self, tweet: Tweet, place: str, was: Reach) -> Iterator[BroughtPost]:
        said_at = moment(tweet.created_at)
        text = unescape(tweet.full_text or tweet.text or "")
        if PASSED_ON.match(text):
            self._notes.tell(Why.PASSED_ON, place)
        elif _wordings(tweet)[-1] != tweet.id_str:
            self._notes.tell(Why.EARLIER, place)
        elif said_at is None:
            self._notes.tell(Why.NO_TIME, place)
        else:
            media = (tweet.extended_entities or tweet.entities).media or tweet.entities.media
            answers = tweet.in_reply_to_status_id_str
            yield BroughtPost(
                key=STATUS.format(_wordings(tweet)[0]),
                said_at=said_at,
                was=was,
                html=_html(self._long.get(_beginning(text)) or text, tweet, media),
                is_sensitive=bool(tweet.possibly_sensitive and media),
                language="" if tweet.lang in NO_LANGUAGE else tweet.lang or "",
                answers=STATUS.format(answers) if answers else "",
                tags=tuple(tag.text for tag in tweet.entities.hashtags),
                pictures=tuple(self._pictures(tweet, media, place)),
            )

    def _pictures(self, tweet: Tweet, media: list[Media], place: str) -> Iterator[BroughtPicture]:
        for item in media:
            file = f"{tweet.id_str}-{item.media_url_https.rpartition('/')[2]}"
            if item.type != "photo":
                self._notes.tell(Why.NO_PICTURE, place)
            elif file not in self._media:
                self._notes.tell(Why.PICTURE_MISSING, place)
            else:
                yield BroughtPicture(self._media[file], item.ext_alt_text or "")

    def _long_ones(self) -> Iterator[tuple[str, str]]:
        """Whole words of long tweets by how they begin."""
        for name in _named(self._container, NOTES):
            for _, row in json_items(self._container, name, LongRow, notes=self._notes, within=SCRIPT):
                text = unescape(row.note_tweet.core.text)
                for raw in row.note_tweet.core.urls:
                    link = msgspec.json.decode(raw, type=NoteUrl, strict=False)
                    text = text.replace(link.short_url, link.expanded_url or link.short_url) if link.short_url else text
                yield _beginning(text), text


def _beginning(text: str) -> str:
    return text[:BEGINNING] if len(text) > BEGINNING else ""


def _wordings(tweet: Tweet) -> list[str]:
    """The ids of all wordings of a tweet, the first to the last."""
    info = tweet.edit_info
    edits = info and (info.initial or (info.edit and info.edit.edit_control_initial))
    return (edits.edit_tweet_ids if edits else []) or [tweet.id_str]


def _html(text: str, tweet: Tweet, media: list[Media]) -> str:
    for link in tweet.entities.urls:
        if link.url and link.expanded_url:
            text = text.replace(link.url, link.expanded_url)
    for shown in media:
        text = text.replace(shown.url, "") if shown.url else text
    names = {mentioned.screen_name.lower() for mentioned in tweet.entities.user_mentions}
    parts = LINK.split(text)
    links = LINK.findall(text)
    html = _named_in(parts[0], names)
    for link, part in zip(links, parts[1:], strict=True):
        html += f'<a href="{escape(link)}">{escape(link)}</a>' + _named_in(part, names)
    return in_paragraphs(html.strip())


def _named_in(text: str, names: set[str]) -> str:
    def linked(found: re.Match[str]) -> str:
        name = found[1]
        if name.lower() not in names:
            return found[0]
        return f'<a href="{PERSON.format(name)}" class="u-url mention">@<span>{name}</span></a>'

    return MENTION.sub(linked, escape(text, quote=False))
