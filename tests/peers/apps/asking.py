"""What each method of Mastodon.py asks a server for: found by letting it ask nobody."""

import contextlib
import datetime as dt
import inspect
import json
import warnings
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from mastodon import Mastodon
from mastodon.errors import MastodonError
from mastodon.return_types import Status
from mastodon.types_base import try_cast_recurse

from speak.clients.mastodon.instance import version
from tests.peers.apps.called import METHODS

NOWHERE = "https://nowhere.example"
STREAMS = "/api/v1/streaming"
# What a method asks for on its way to what it is about, and what lets it go on.
ON_THE_WAY: dict[str, dict[str, Any]] = {
    "/api/v1/instance/": {"version": version(), "urls": {}},
    "/api/v2/instance/": {"version": version(), "api_versions": {"mastodon": 99}},
    "/.well-known/oauth-authorization-server": {
        "authorization_endpoint": f"{NOWHERE}/oauth/authorize",
        "token_endpoint": f"{NOWHERE}/oauth/token",
        "revocation_endpoint": f"{NOWHERE}/oauth/revoke",
        "userinfo_endpoint": f"{NOWHERE}/oauth/userinfo",
        "grant_types_supported": ["authorization_code"],
    },
    "/api/v1/accounts/verify_credentials": {"id": "1", "acct": "somebody"},
    "/oauth/token": {"access_token": "t", "scope": "read write follow push"},
}
SAID = cast(
    "Status",
    try_cast_recurse(Status, {"id": 1, "account": {"id": 1, "acct": "somebody"}, "mentions": []}),  # type: ignore[no-untyped-call]
)
LATER = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
GIVEN: dict[str, Any] = {
    "account_ids": [1],
    "choices": [0],
    "context": ["home"],
    "encrypt_params": {"pubkey": b"p", "auth": b"a"},
    "endpoint": "https://push.example/",
    "domain": "far.example",
    "email": "somebody@mail.example",
    "filter_action": "warn",
    "hashtag": "tag",
    "ids": [1],
    "last_read_ids": [1],
    "media_file": b"",
    "mime_type": "image/png",
    "name": "tag",
    "end_at": LATER,
    "scheduled_at": LATER,
    "start_at": LATER,
    "severity": "silence",
    "tag": "tag",
    "timelines": ["home"],
    "quote_approval_policy": "public",
    "version_str": "4.0.0",
    "visibility": "public",
}
# What these want in full, because a word or a number will not do.
IN_FULL: dict[str, dict[str, Any]] = {
    "admin_create_canonical_email_block": {"email": "somebody@mail.example"},
    "admin_dimensions": {"languages": True},
    "admin_measures": {"active_users": True},
    "log_in": {"code": "c"},
    "media_post": {"mime_type": "image/png"},
    "status_reply": {"to_status": SAID, "status": "Words."},
}
# These work on what an app holds already, and ask nobody for anything of their own.
HELPERS = frozenset(
    {
        "await_async_refresh",
        "clear_caches",
        "decode_blurhash",
        "fetch_next",
        "fetch_previous",
        "fetch_remaining",
        "filters_apply",
        "generate_media_edit_attributes",
        "get_async_refresh_info",
        "get_pagination_info",
        "get_status_length",
        "get_supported_version",
        "make_poll",
        "pagination_iterator",
        "pagination_page_iterator",
        "persistable_login_credentials",
        "push_subscription_decrypt_push",
        "push_subscription_generate_keys",
        "set_language",
    }
)
# These open a connection of their own, or none to a server of today: what they ask for is told here.
OTHERWISE: dict[str, list[tuple[str, str]]] = {
    "create_app": [("POST", "/api/v1/apps")],
    "reports": [("GET", "/api/v1/reports")],
    "stream_open_websocket": [("GET", STREAMS)],
}


Asked = tuple[str, str]


class Nobody(requests.Session):
    """Notes what is asked for, and answers no more than what lets a method go on."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Asked] = []

    def request(self, method: str | bytes, url: str | bytes, *_given: Any, **_named: Any) -> requests.Response:  # noqa: ANN401 - as requests has it
        """Note it.

        Raises:
            ConnectionError: it is what the method is about; no more is wanted.
        """
        path = urlsplit(str(url)).path
        self.asked.append((str(method), path))
        if path not in ON_THE_WAY:
            raise requests.ConnectionError("Nobody is there.")
        answer = requests.Response()
        answer.status_code = 200
        answer._content = json.dumps(ON_THE_WAY[path]).encode()  # noqa: SLF001 - as every adapter does
        return answer


def asked_for() -> dict[str, list[Asked]]:
    """Every method that asks a server for something, with what it asks for, on the way and in the end."""
    return {name: OTHERWISE.get(name) or _asked_by(name) for name in METHODS if name not in HELPERS}


def _asked_by(name: str) -> list[Asked]:
    nobody = Nobody()
    app = Mastodon(access_token="t", client_id="c", client_secret="s", api_base_url=NOWHERE, session=nobody)
    method = getattr(app, name)
    with contextlib.suppress(MastodonError, requests.RequestException), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        method(**_given_to(method) | IN_FULL.get(name, {}))
    return list(dict.fromkeys(nobody.asked))


def _given_to(method: Any) -> dict[str, Any]:  # noqa: ANN401 - any of them
    """Something for everything that it cannot do without."""
    wanted = [
        each.name for each in inspect.signature(method).parameters.values() if each.default is inspect.Parameter.empty
    ]
    return {name: GIVEN.get(name, 1) for name in wanted}
