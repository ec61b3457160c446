"""How our own files are laid out: home.json, and posts.json beside it. They are written and read by these shapes.

Times are RFC 3339. People stand as @name@server.example, posts by their address, pictures by their place in the file.
What a newer version wrote and an older one does not know is let be.
"""

import datetime as dt
from typing import Annotated, Any

import msgspec

FORMAT = "https://speak-for-yourself.example/archive/2"
HOME, POSTS = "home.json", "posts.json"
Json = dict[str, Any]
# With its distance from UTC: without it nobody knows when that was.
Time = Annotated[dt.datetime, msgspec.Meta(tz=True)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Id = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class Person(msgspec.Struct, kw_only=True):
    """Who it is, and how they live."""

    address: str
    uri: str
    name: str = ""
    aim: str = ""
    picture: str = ""
    picture_description: str = ""
    banner: str = ""
    approves_followers: bool = False
    is_listed: bool = False
    quoting: str = ""
    language: str = ""
    time_zone: str = ""
    email: str = ""
    said_by_apps: str = ""
    veils_pictures: bool = False
    also_known_as: list[str] = []
    attribution_domains: list[str] = []
    moved_to: str = ""
    former_handles: list[str] = []
    own_domain: str = ""
    is_gathered: bool = False
    is_counted: bool = True
    gets_morning_letters: bool = False
    addresses_are_one: bool = False
    since: Time | None = None


class Place(msgspec.Struct, kw_only=True):
    """Another place of theirs on the web."""

    label: str
    url: str


class Thing(msgspec.Struct, kw_only=True):
    """Something on their shelf."""

    title: str
    sentence: str = ""
    picture: str = ""
    picture_description: str = ""


class Followed(msgspec.Struct, kw_only=True):
    """Somebody they follow; `is_asked`: who has not answered yet."""

    address: str
    shows_boosts: bool = True
    tells_of_each: bool = False
    is_asked: bool = False


class Muted(msgspec.Struct, kw_only=True):
    """Somebody they do not want to hear, for good or until then."""

    address: str
    until: Time | None = None


class KeptList(msgspec.Struct, kw_only=True):
    """Some of those they follow, to be heard by themselves."""

    title: str
    replies: str = ""
    people: list[str] = []


class KeptNote(msgspec.Struct, kw_only=True):
    """A few words about somebody, for themselves alone."""

    about: str
    words: str


class Word(msgspec.Struct, kw_only=True):
    """A word that a filter looks for."""

    keyword: str
    is_whole_word: bool = True


class KeptFilter(msgspec.Struct, kw_only=True):
    """What they do not want to meet, and where."""

    title: str
    contexts: list[str] = []
    act: str = ""
    expires_at: Time | None = None
    words: list[Word] = []
    posts: list[str] = []


class Paper(msgspec.Struct, kw_only=True):
    """A practice they began or tried, with what they wrote on its page."""

    practice: str
    state: str
    paper: Json = {}
    opens_at: Time | None = None
    changed_at: Time | None = None


class KeptProgramme(msgspec.Struct, kw_only=True):
    """A programme they wrote, as its file."""

    title: str
    source: str


class Marked(msgspec.Struct, kw_only=True):
    """How far they had read in a timeline, by the id of a post: ids are times."""

    timeline: str
    last_read_id: Id


class File(msgspec.Struct, kw_only=True):
    """A picture, a sound."""

    file: str
    media_type: str = ""
    description: str = ""
    width: Count = 0
    height: Count = 0
    focus: tuple[float, float] = (0, 0)


class KeptDraft(msgspec.Struct, kw_only=True):
    """Something not said yet; who was asked to look at it, and what they asked."""

    title: str = ""
    source: str = ""
    summary: str = ""
    language: str = ""
    wants: str = ""
    quoting: str = ""
    is_sensitive: bool = False
    audience: str = "self"
    room: str = ""
    people: list[str] = []
    answers: str = ""
    quotes: str = ""
    poll: Json = {}
    created_at: Time | None = None
    changed_at: Time | None = None
    held_until: Time | None = None
    shown_to: str = ""
    questions: list[str] = []
    media: list[File] = []


class Wording(msgspec.Struct, kw_only=True):
    """An earlier wording of a post."""

    said_at: Time
    title: str = ""
    source: str = ""
    html: str = ""
    summary: str = ""


class Answer(msgspec.Struct, kw_only=True):
    """One of the answers of a poll, and how often it was chosen."""

    title: str
    chosen: Count = 0


class KeptPoll(msgspec.Struct, kw_only=True):
    """What one could choose below a post."""

    answers: list[Answer] = []
    is_multiple: bool = False
    people: Count = 0
    ends_at: Time | None = None


class KeptPost(msgspec.Struct, kw_only=True):
    """Something said. `uri` is where it was said first; `here` where it stood when this was written.

    `audience` is who could read it there: self, named, room, here, followers, quiet or public.
    """

    uri: str
    said_at: Time
    here: str = ""
    url: str = ""
    title: str = ""
    source: str = ""
    html: str = ""
    summary: str = ""
    is_sensitive: bool = False
    language: str = ""
    wants: str = ""
    quoting: str = ""
    audience: str = "self"
    room: str = ""
    readers: list[str] = []
    answers: str = ""
    names: list[str] = []
    tags: list[str] = []
    quotes: str = ""
    poll: KeptPoll | None = None
    edited_at: Time | None = None
    is_pinned: bool = False
    earlier: list[Wording] = []
    media: list[File] = []
    also_at: list[str] = []


class Home(msgspec.Struct, kw_only=True):
    """home.json. The sections from `earlier_homes` on have no life at another home; they are kept as they are."""

    format: str
    person: Person
    made_at: Time | None = None
    made_by: str = ""
    places: list[Place] = []
    shelf: list[Thing] = []
    follows: list[Followed] = []
    blocks: list[str] = []
    mutes: list[Muted] = []
    server_blocks: list[str] = []
    lists: list[KeptList] = []
    notes: list[KeptNote] = []
    endorsed: list[str] = []
    let_through: list[str] = []
    notification_policy: dict[str, str] = {}
    filters: list[KeptFilter] = []
    followed_tags: list[str] = []
    shown_tags: list[str] = []
    thanked: list[str] = []
    kept: list[str] = []
    drafts: list[KeptDraft] = []
    practices: list[Paper] = []
    programmes: list[KeptProgramme] = []
    sites_not_heard: list[str] = []
    markers: list[Marked] = []

    earlier_homes: list[Json] = []
    followers: list[Json] = []
    asks_to_follow: list[Json] = []
    passed_on: list[Json] = []
    chosen: list[Json] = []
    let_rest: list[Json] = []
    hushed: list[Json] = []
    read_up_to: list[Json] = []
    said_by_sites: list[Json] = []
    said_elsewhere: list[Json] = []
    looked_up: list[Json] = []
    heard_elsewhere: list[Json] = []
    rooms: list[Json] = []
    met: list[Json] = []
    invitations: list[Json] = []
    asked_to_join: list[Json] = []
    stories: list[Json] = []
    words_in_stories: list[Json] = []
    weeks_at_the_window: list[Json] = []
    reports: list[Json] = []
    decisions: list[Json] = []
    hears_reports: list[Json] = []


# What is kept as it is, wherever it came from.
LUGGAGE = (
    "earlier_homes",
    "followers",
    "asks_to_follow",
    "passed_on",
    "chosen",
    "let_rest",
    "hushed",
    "read_up_to",
    "said_by_sites",
    "said_elsewhere",
    "looked_up",
    "heard_elsewhere",
    "rooms",
    "met",
    "invitations",
    "asked_to_join",
    "stories",
    "words_in_stories",
    "weeks_at_the_window",
    "reports",
    "decisions",
    "hears_reports",
)
