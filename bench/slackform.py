"""Archives of any size in Slack's form: invented people, real shapes, about 1.5 kB a message as in real ones."""

import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

PEOPLE = 5_000
# On the list of members, and never heard.
SILENT = 500
CHANNELS = 300
DAY_ONE = 1_600_000_000
DAY = 86_400
WORDS = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8").split()
BOTS = 20
ONE_GUEST_IN = 40
# Of a hundred messages.
IN_THREADS, WITH_REACTIONS, WITH_MENTIONS, BY_BOTS = 45, 15, 20, 8


def write_archive(path: Path, *, messages: int, seed: int = 1) -> None:
    """Write a zip with so many messages, spread over channels and days; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    people = [f"U{number:08d}" for number in range(PEOPLE)]
    days = max(1, messages // (CHANNELS * 90))
    files = CHANNELS * days
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        listed = [_user(f"U{number:08d}", number) for number in range(PEOPLE + SILENT)]
        out.writestr("users.json", json.dumps(listed))
        out.writestr("channels.json", json.dumps([_channel(number, people) for number in range(CHANNELS)]))
        said = _Said(people, [_tail(person, chance) for person in people], chance)
        for number in range(files):
            count = messages // files + (number < messages % files)
            day, channel = divmod(number, CHANNELS)
            name = f"channel-{channel}/{2020 + day // 360:04d}-{day % 360 // 30 + 1:02d}-{day % 30 + 1:02d}.json"
            out.writestr(name, "[" + ",\n".join(said.on(day, number, count)) + "]")


class _Said:
    """Makes messages."""

    def __init__(self, people: list[str], tails: list[str], chance: random.Random) -> None:
        self._people, self._tails, self._chance = people, tails, chance

    def on(self, day: int, number: int, count: int) -> Iterator[str]:
        """One day of one channel."""
        root, ts = "", ""
        step = DAY * 1_000_000 // (count + 1)
        for place in range(count):
            micros = place * step + self._chance.randrange(step)
            ts = f"{DAY_ONE + day * DAY + micros // 1_000_000}.{micros % 1_000_000:06d}"
            who = int(PEOPLE * self._chance.random() ** 3)
            text = " ".join(self._chance.choices(WORDS, k=self._chance.randrange(3, 50)))
            if self._chance.randrange(100) < WITH_MENTIONS:
                text = f"<@{self._people[self._chance.randrange(PEOPLE)]}> {text}"
            more = ""
            if root and self._chance.randrange(100) < IN_THREADS:
                more = f',"thread_ts":"{root}","parent_user_id":"{self._people[0]}"'
            else:
                root = ts
            if self._chance.randrange(100) < WITH_REACTIONS:
                users = [self._people[self._chance.randrange(PEOPLE)] for _ in range(self._chance.randrange(1, 4))]
                more += f',"reactions":[{{"name":"tada","users":{json.dumps(users)},"count":{len(users)}}}]'
            if self._chance.randrange(100) < BY_BOTS:
                bot = f"B{self._chance.randrange(BOTS):08d}"
                more += f',"subtype":"bot_message","bot_id":"{bot}","username":"deploy {bot}"'
                author = ""
            else:
                author = f'"user":"{self._people[who]}",'
            said = json.dumps(text)
            yield (
                f'{{{author}"type":"message","ts":"{ts}","client_msg_id":"{self._chance.getrandbits(128):032x}","text":{said}{more}'
                f',"blocks":[{{"type":"rich_text","block_id":"{number % 9999:04x}","elements":[{{"type":'
                f'"rich_text_section","elements":[{{"type":"text","text":{said}}}]}}]}}]{_link(self._chance)}{self._tails[who]}}}'
            )


def _link(chance: random.Random) -> str:
    """A file or a page beside the words, which most messages of a workspace at work have in one form or another."""
    token = f"{chance.getrandbits(160):040x}"
    return (
        f',"attachments":[{{"from_url":"https://example.org/{token}","id":1,"original_url":"https://example.org/{token}",'
        f'"fallback":"{token[:12]} {token[20:30]}","title":"{token[5:15]}","title_link":"https://example.org/{token}"}}]'
    )


def _tail(person: str, chance: random.Random) -> str:
    """What stands in every message of a person."""
    profile = {
        "avatar_hash": f"{chance.getrandbits(48):012x}",
        "image_72": f"https://avatars.slack-edge.com/2020-01-01/{chance.getrandbits(96):024x}_72.png",
        "first_name": "Person",
        "real_name": f"Person {person}",
        "display_name": person.lower(),
        "team": "T00000001",
        "name": person.lower(),
        "avatar": [
            f"https://avatars.slack-edge.com/2020-01-01/{chance.getrandbits(96):024x}_{n}.png" for n in (24, 48)
        ],
        "is_restricted": False,
        "is_ultra_restricted": False,
    }
    more = {"team": "T00000001", "user_team": "T00000001", "source_team": "T00000001", "user_profile": profile}
    return "," + json.dumps(more, indent=1)[1:-1]


def _user(raw: str, number: int) -> dict[str, object]:
    zone = (number % 24 - 11) * 3600
    name = f"Person {raw}"
    said = {"id": raw, "name": raw.lower(), "real_name": name, "tz_offset": zone, "is_bot": False, "profile": {}}
    return said | {"is_restricted": number % ONE_GUEST_IN == 0}


def _channel(number: int, people: list[str]) -> dict[str, object]:
    members = people[number::37]
    return {"id": f"C{number:08d}", "name": f"channel-{number}", "created": DAY_ONE, "members": members}
