"""Sends a webmention as ronkyuu does: `send.py SOURCE TARGET`; prints the endpoint it found and what that answered."""

import json
import sys

from ronkyuu import discoverEndpoint, sendWebmention  # type: ignore[import-not-found] # only in its own environment

source, target = sys.argv[1:]
status, endpoint = discoverEndpoint(target, test_urls=False)
answer = sendWebmention(source, target, test_urls=False)
print(json.dumps({"found": endpoint, "status": answer.status_code if answer is not None else 0}))  # noqa: T201
