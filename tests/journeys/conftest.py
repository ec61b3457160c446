"""Two servers of ours on loopback, each with a certificate, and a person with a browser on each."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests import chromium
from tests.makers import PASSWORD
from tests.postgres import fresh_database
from tests.running import Authority, Home, home
from tests.visitor import Visitor


@dataclass
class Two:
    """Alice at one server, Bob at another that knows nothing of the first."""

    alice: Visitor
    bob: Visitor


def settle(server: Home, handle: str, name: str) -> None:
    """Give somebody a home there."""
    server.speak("person", "add", handle, "--name", name, "--password-stdin", typed=f"{PASSWORD}\n")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Both servers, both people, signed in."""
    folder = tmp_path_factory.mktemp("two")
    authority = Authority(folder)
    with (
        fresh_database() as database,
        home(folder / "first", authority=authority, database_url=database) as first,
        home(folder / "second", authority=authority) as second,
        chromium.opened() as browser,
    ):
        settle(first, "alice", "Alice Marram")
        settle(first, "carol", "Carol Mar")
        settle(second, "bob", "Bob Okoro")
        visitors = []
        for server, handle in ((first, "alice"), (second, "bob")):
            context = browser.new_context(ignore_https_errors=True, viewport={"width": 390, "height": 844})
            context.set_default_timeout(chromium.PATIENCE_MS)
            visitor = Visitor(context.new_page(), server, handle)
            visitor.sign_in()
            visitors.append(visitor)
        yield Two(*visitors)
