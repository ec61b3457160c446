"""Writes every sample object of fediverse-pasture-inputs as the activity its sender would post, one JSON line each."""

import asyncio
import json
import sys
from unittest.mock import AsyncMock

from bovine.activitystreams import Actor  # type: ignore[import-not-found] # only in its own environment
from fediverse_pasture.runner import ActivitySender  # type: ignore[import-not-found]
from fediverse_pasture_inputs import available  # type: ignore[import-not-found]

THEIRS, OURS = sys.argv[1:]


async def write() -> None:
    """One after the other, set by set: actor THEIRS says it to OURS."""
    actor = Actor(id=THEIRS, preferred_username="actor", inbox=f"{THEIRS}/inbox", public_key="x")
    sender = ActivitySender.for_actor(AsyncMock(get=AsyncMock(return_value={"inbox": "inbox"})), actor)
    sender.sleep_after_getting_inbox = False
    for name, inputs in sorted(available.items()):
        for example in inputs.examples:
            sender.init_create_note(lambda note, example=example: {**note, **example})
            await sender.send(OURS)
            sys.stdout.write(json.dumps({"set": name, "activity": sender.activity}) + "\n")


asyncio.run(write())
