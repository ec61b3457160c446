"""Mastodon.py as its author wrote it, that notes which of its methods were answered."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

import requests
from mastodon import Mastodon

from tests.peers.apps.house import token_of
from tests.running import Home

Test = TypeVar("Test", bound=Callable[..., None])
METHODS = tuple(name for name, method in inspect.getmembers(Mastodon, inspect.isfunction) if not name.startswith("_"))
# Every method that some test calls, and says something about what it gives.
CALLED: set[str] = set()
answered: set[str] = set()


def calls(*names: str) -> Callable[[Test], Test]:
    """Declare which methods a test is about; that they were answered is checked when it ends."""
    unknown = set(names) - set(METHODS)
    assert not unknown, f"Mastodon.py has no {unknown}"
    CALLED.update(names)

    def keep(test: Test) -> Test:
        test.calls = names  # type: ignore[attr-defined]
        return test

    return keep


class Client(Mastodon):
    """The same, noting."""

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - whatever it is
        """As it is; what a method gives is noted under its name."""
        found = super().__getattribute__(name)
        return _noted(name, found) if name in METHODS else found


class Cast:
    """Everybody's app, by handle: `cast.alice`."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.session = session_of(home)
        self._known: dict[str, Client] = {}

    def __getattr__(self, handle: str) -> Client:
        """The app in which somebody is signed in."""
        if handle not in self._known:
            self._known[handle] = self.at(self.home, handle)
        return self._known[handle]

    def at(self, home: Home, handle: str) -> Client:
        """The app of somebody who may live elsewhere."""
        return Client(access_token=token_of(handle), api_base_url=home.url, session=self.session)

    def stranger(self, **known: Any) -> Client:  # noqa: ANN401 - what Mastodon.py is made with
        """An app in which nobody is signed in."""
        return Client(api_base_url=self.home.url, session=self.session, **known)


def session_of(home: Home) -> requests.Session:
    """A way to a server that trusts whom it trusts, and nobody whom the machine names."""
    session = requests.Session()
    session.trust_env = False
    session.verify = str(home.authority.bundle) if home.authority else True
    return session


def _noted(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the method takes and gives
        found = method(*given, **named)
        answered.add(name)
        return found

    return call
