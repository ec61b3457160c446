"""The people of the servers, and what each person's app holds: one set for all tests of apps."""

import json

from tests.makers import PASSWORD
from tests.running import Home

SCOPES = ["read", "write", "follow", "push", "profile"]
HERE = ("alice", "bob", "carol", "erin", "frank")
THERE = ("dora",)


def token_of(handle: str) -> str:
    """What the app of somebody shows."""
    return f"token-of-{handle}"


def settle(home: Home, handles: tuple[str, ...]) -> None:
    """Give these people a home, each with an app that is signed in."""
    people = [
        {
            "handle": handle,
            "name": handle.capitalize(),
            "password": PASSWORD,
            "listed": True,
            "locked": handle == "frank",
            "tokens": [{"token": token_of(handle), "scopes": SCOPES}],
        }
        for handle in handles
    ]
    file = home.folder / "people.json"
    file.write_text(json.dumps({"people": people}), encoding="utf-8")
    home.speak("seed", str(file))
