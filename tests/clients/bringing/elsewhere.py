"""All the other servers there are: each has whoever is asked for, and whatever post of theirs."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from speak.kernel.outbound import Answer, Call, Sign
from tests.federation.far import ACTIVITY, PUBLIC, actor_document

JRD = "application/jrd+json"


def ask(call: Call, *, sign: Sign | None = None) -> Answer:
    """WebFinger, an actor at /people/<name>, and a note of anybody's at /posts/<number>."""
    parts = urlsplit(call.url)
    if parts.path == "/.well-known/webfinger":
        name, host = parse_qs(parts.query)["resource"][0].removeprefix("acct:").split("@")
        uri = f"https://{host}/people/{name}"
        document = {"subject": f"acct:{name}@{host}", "links": [{"rel": "self", "type": ACTIVITY, "href": uri}]}
        return _answer(call, document, JRD)
    if parts.path.startswith("/people/"):
        return _answer(call, actor_document(call.url, parts.path.rpartition("/")[2]), ACTIVITY)
    author = f"https://{parts.netloc}/people/dora"
    note = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": call.url,
        "type": "Note",
        "attributedTo": author,
        "content": "<p>Good evening.</p>",
        "published": "2026-01-02T03:04:05Z",
        "to": [PUBLIC],
        "cc": [f"{author}/followers"],
    }
    return _answer(call, note, ACTIVITY)


def _answer(call: Call, document: Mapping[str, object], content_type: str) -> Answer:
    return Answer(200, json.dumps(document).encode(), headers={"content-type": content_type}, url=call.url)
