"""Small exports in Slack's form, as zip files, told by the same words as `talk`."""

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from .talk import START, Say

MICROS = 1_000_000


def export(
    path: Path, said: Sequence[Say], *, names: Mapping[str, str], silent: Iterable[str] = (), domain: str = ""
) -> Path:
    """A zip with `users.json`, `channels.json` and one channel; bots by the kind of what they say.

    With a `domain`, everybody has an address in it.
    """
    bots = {say.person for say in said if say.kind == "bot"}
    people = sorted({say.person for say in said} | set(silent))
    users = [{"id": who, "is_bot": who in bots, "profile": _profile(who, names, domain)} for who in people]
    stamps = {say.msg_id: _stamp(START + say.after) for say in said}
    days: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for say in said:
        day = datetime.fromtimestamp((START + say.after) / MICROS, tz=UTC).date().isoformat()
        message: dict[str, object] = {"type": "message", "user": say.person, "text": "…", "ts": stamps[say.msg_id]}
        if say.kind == "bot":
            message |= {"subtype": "bot_message", "bot_id": f"B{say.person}"}
        if say.to:
            message["thread_ts"] = stamps[say.to]
        days[day].append(message)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("users.json", json.dumps(users))
        packed.writestr("channels.json", json.dumps([{"id": "C1", "name": "hall", "members": people}]))
        for day, messages in days.items():
            packed.writestr(f"hall/{day}.json", json.dumps(messages))
    return path


def _profile(who: str, names: Mapping[str, str], domain: str) -> dict[str, str]:
    return {"real_name": names.get(who, who), **({"email": f"{who}@{domain}"} if domain else {})}


def _stamp(micros: int) -> str:
    return f"{micros // MICROS}.{micros % MICROS:06}"
