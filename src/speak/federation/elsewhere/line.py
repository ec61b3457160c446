"""The line to an account elsewhere: every call with its token, in JSON or with a file."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from speak.federation.elsewhere.there import raise_unless_taken
from speak.federation.models import Elsewhere
from speak.kernel import blobs
from speak.kernel.outbound import Answer, Ask, Call, Purpose
from speak.voice.models import Media

LONGEST_DESCRIPTION = 1_500


@dataclass(frozen=True, slots=True)
class Line:
    """`place` is called through `ask`. Each call raises OutboundFailure or NotTaken when it did not work."""

    place: Elsewhere
    ask: Ask
    rest: Callable[[float], object] = time.sleep

    def call(self, method: str, path: str, body: object = None, *, headers: Mapping[str, str] | None = None) -> Answer:
        """One call; `body` is sent as JSON, if there is one."""
        sent = b"" if body is None else msgspec.json.encode(body)
        kind = {} if body is None else {"Content-Type": "application/json"}
        return self._sent(method, path, headers={**kind, **(headers or {})}, body=sent)

    def upload(self, media: Media) -> Answer:
        """A picture with its description (RFC 7578)."""
        mark = secrets.token_hex(16)
        part = f"--{mark}\r\nContent-Disposition: form-data; name="
        description = f'{part}"description"\r\n\r\n{media.description[:LONGEST_DESCRIPTION]}\r\n'
        kind = blobs.type_of(media.token)
        file = f'{part}"file"; filename="{media.token}"\r\nContent-Type: {kind}\r\n\r\n'
        data = blobs.path_of(media.token).read_bytes()
        body = b"".join((description.encode(), file.encode(), data, f"\r\n--{mark}--\r\n".encode()))
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._sent("POST", "/api/v2/media", headers=headers, body=body)

    def _sent(self, method: str, path: str, *, headers: Mapping[str, str], body: bytes) -> Answer:
        own = {"Authorization": f"Bearer {self.place.secret}", "Accept": "application/json", **headers}
        answer = self.ask(Call(method, f"{self.place.server_url}{path}", Purpose.ACCOUNT, own, body))
        raise_unless_taken(answer)
        return answer
