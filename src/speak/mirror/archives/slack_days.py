"""One day of one Slack channel: an array of messages in a file of its own.

Fields as Slack writes them, https://slack.com/help/articles/220556107 and https://docs.slack.dev/reference/events/message.
"""

import re
from collections.abc import Callable, Collection, Sequence

import msgspec

from speak.mirror.archives.machines import kind_of_machine
from speak.mirror.archives.said import Said, Space
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.streams import broken_items, decoded
from speak.mirror.table import Kind, ParentKind

MENTION = re.compile(r"<@([A-Z0-9]+)")
QUOTED = re.compile(r"^&gt;.*$", re.MULTILINE)
DIGITS, POINT = 17, 10  # the length of 1433558207.760577, and where its point stands
PLAIN_ID = re.compile(r"[A-Z0-9]+")
SYSTEM = frozenset(
    {"bot_add", "bot_disable", "bot_enable", "bot_remove", "channel_archive", "channel_canvas_updated", "channel_join"}
    | {"channel_convert_to_private", "channel_convert_to_public", "channel_leave", "channel_name", "channel_purpose"}
    | {"channel_posting_permissions", "channel_topic", "channel_unarchive", "ekm_access_denied", "group_archive"}
    | {"group_join", "group_leave", "group_name", "group_purpose", "group_topic", "group_unarchive", "huddle_thread"}
    | {
        "huddle_canvas_updated",
        "joiner_notification",
        "joiner_notification_for_inviter",
        "pinned_item",
        "unpinned_item",
    }
    | {"reminder_add", "reply_broadcast", "sh_room_created", "sh_room_shared", "tabbed_canvas_updated", "tombstone"}
)
VERSIONS = frozenset({"message_changed", "message_deleted", "message_replied"})
RENAMED = frozenset({"channel_name", "group_name"})
BY_BOT = "bot_message"


class Reaction(msgspec.Struct, gc=False):
    """Who reacted in one way; when is not said."""

    users: tuple[str, ...] = ()


class Edited(msgspec.Struct, gc=False):
    """That it was changed."""


class Comment(msgspec.Struct, gc=False):
    """What somebody said of a file, in exports before 2018."""

    user: str = ""


class Message(msgspec.Struct, gc=False):
    """What is read of a message."""

    ts: str
    type: str = "message"
    text: str | None = None
    user: str | None = None
    subtype: str | None = None
    thread_ts: str | None = None
    bot_id: str | None = None
    username: str | None = None
    edited: Edited | None = None
    reactions: tuple[Reaction, ...] = ()
    user_team: str | None = None
    team: str | None = None
    comment: Comment | None = None
    old_name: str = ""


DAY = msgspec.json.Decoder(list[Message])
ONE: Callable[[bytes], Message] = msgspec.json.Decoder(Message).decode


class Days:
    """Reads the days of channels into a sink; remembers what channels were called before."""

    def __init__(self, sink: Sink) -> None:
        """`sink` takes what is found; its people are those the workspace lists."""
        self._sink = sink
        self._listed = frozenset(raw for raw in sink.roster.people if PLAIN_ID.fullmatch(raw))
        # Machines that have spoken before, and of which kind they are.
        self._machines: dict[str, Kind] = {}
        self.renamed: dict[str, str] = {}

    def read(self, raw: bytes | bytearray, space: Space, place: str) -> None:
        """One day of `space`, from the file `place`."""
        plain, answers = [], []
        head = space.id if PLAIN_ID.fullmatch(space.id) else ""
        messages = self._messages(raw, place)
        is_plain = bool(head) and _are_times(messages)
        listed, machines = (self._listed, self._machines) if is_plain else (frozenset[str](), dict[str, Kind]())
        for number, said in enumerate(messages):
            user, text, ts, kind = said.user, said.text or "", said.ts, ""
            if user not in listed or not text or said.subtype or said.bot_id or said.edited:
                bot = said.bot_id if said.subtype == BY_BOT and text and not user and not said.edited else None
                if not bot or bot not in machines:
                    self._read_other(said, space, f"{place}[{number}]")
                    continue
                user, kind = bot, machines[bot]
            # One letter is found, or not, in much less time than two.
            size = len(QUOTED.sub("", text) if "&" in text and "&gt;" in text else text)
            plain.append(f"{head}\t{ts}\t{user}\t{kind}\t{size}\t{said.thread_ts or ''}")
            named, reactions = MENTION.findall(text) if "<" in text and "<@" in text else (), said.reactions
            if named or reactions:
                reacted = _reactors(reactions, listed) if reactions else ""
                answers.append(f"{head}\t{ts}\t{user}\t{' '.join(_once(named))}\t{reacted}")
        self._sink.say_plainly(plain, answers)

    def _read_other(self, message: Message, space: Space, place: str) -> None:
        """What is not simply said by a listed person."""
        try:
            said = self._said(message, space)
        except ValueError:
            self._sink.missed(place, "a time that is none")
            return
        if said is None:
            return
        self._sink.say(said)
        if said.kind is Kind.SYSTEM:
            return
        if message.text and "<@" in message.text:
            self._sink.mention(said, MENTION.findall(message.text))
        if message.reactions:
            self._sink.react(said, [who for reaction in message.reactions for who in reaction.users])

    def _said(self, message: Message, space: Space) -> Said | None:
        """A row for a message; nothing for what is none.

        Raises:
            ValueError: its time is no number.
        """
        if message.type != "message" or message.subtype in VERSIONS:
            self._sink.leave_out("an earlier wording, or an event that is no message")
            return None
        at, text, thread = _micros(message.ts), message.text or "", message.thread_ts
        kind, who = self._who(message, space)
        said = Said(f"{space.id}:{message.ts}", space.id, who, at, len=len(QUOTED.sub("", text)), kind=kind)
        if thread:
            said.thread = f"{space.id}:{thread}"
            if thread != message.ts:
                said.parent = said.thread
                said.how = ParentKind.THREAD
        said.edited = message.edited is not None
        said.deleted = message.subtype == "tombstone"
        return said

    def _who(self, message: Message, space: Space) -> tuple[Kind, str]:
        """Who said what was not simply said by a listed person."""
        who = message.user or (message.comment.user if message.comment else "")
        if message.subtype in SYSTEM:
            if message.subtype in RENAMED and message.old_name:
                self.renamed[message.old_name] = space.id
            return Kind.SYSTEM, who or message.bot_id or "slack"
        if who and message.subtype != BY_BOT:
            known = self._sink.know(who)
            if who not in self._listed and message.user_team:
                known.is_outside = message.user_team != message.team
            return Kind.HUMAN, who
        who = who or message.bot_id or message.username or "a bot without a name"
        machine = self._sink.roster.people.get(who)
        if machine is None:
            machine = self._sink.know(who, kind=kind_of_machine(f"{who} {message.username or ''}"))
            machine.name = message.username or ""
        kind = Kind.BOT if machine.kind == Kind.HUMAN else Kind(machine.kind)
        if PLAIN_ID.fullmatch(who):
            self._machines[who] = kind
        return kind, who

    def _messages(self, raw: bytes | bytearray, place: str) -> list[Message]:
        """All messages of a file; if one is broken, those that are not."""
        try:
            return DAY.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass
        try:
            parts = msgspec.json.decode(raw.decode("utf-8", "replace"), type=list[msgspec.Raw])
        except msgspec.DecodeError:
            return self._as_far_as_it_goes(raw, place)
        found = (
            decoded(bytes(part), ONE, place=f"{place}[{number}]", missed=self._sink.missed)
            for number, part in enumerate(parts)
        )
        return [message for message in found if message is not None]

    def _as_far_as_it_goes(self, raw: bytes | bytearray, place: str) -> list[Message]:
        return [message for _, message in broken_items(bytes(raw), Message, name=place, missed=self._sink.missed)]


def _are_times(messages: list[Message]) -> bool:
    """Whether all times of a day are written as Slack writes them: ten digits, a point, six digits.

    All at once, as a string: one by one it would take longer than reading them.
    """
    times = [said.ts for said in messages] + [said.thread_ts for said in messages if said.thread_ts]
    joined = "".join(times)
    digits = joined.replace(".", "")
    return (
        len(joined) == DIGITS * len(times)
        and joined[POINT::DIGITS] == "." * len(times)
        and len(digits) == len(joined) - len(times)
        and digits.isascii()
        and digits.isdigit()
    )


def _reactors(reactions: tuple[Reaction, ...], listed: frozenset[str]) -> str:
    """Each of them once; those who are not listed only where their names hold nothing that parts the rows."""
    people = _once(reactions[0].users if len(reactions) == 1 else [who for one in reactions for who in one.users])
    return " ".join(people if listed.issuperset(people) else filter(PLAIN_ID.fullmatch, people))


def _once(names: Sequence[str]) -> Collection[str]:
    return dict.fromkeys(names) if len(names) > 1 else names


def _micros(ts: str) -> int:
    """Seconds with up to six digits behind the point, without ever becoming a float."""
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(rest[:6].ljust(6, "0") or 0)
