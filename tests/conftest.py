"""What every test may use: a fresh data folder, the standing cast, a signed-in browser.

The cast: alice leads, bob sits in the room, carol is a stranger to both; dora lives on far.example.
"""

import gc
import itertools
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

_data = tempfile.TemporaryDirectory(prefix="speak-tests-")
os.environ.setdefault("SPEAK_DATA", _data.name)
os.environ.setdefault("SPEAK_URL", "https://home.example")
os.environ.setdefault("SPEAK_RATE_LIMITS", "off")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")

import django
import pytest
from django.conf import settings as running_settings
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker, Settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# What is loaded stays: it is not searched for garbage while tests are collected (`pytest_collection_finish`).
gc.disable()
django.setup()
# Each browser of a test is a server of its own, which would look through all static files before its first answer.
running_settings.WHITENOISE_AUTOREFRESH = True

from speak.identity.models import Actor
from speak.kernel import keys
from speak.kernel.garbage import settle
from speak.kernel.keys import KeyPair

from . import makers, prepared
from .postgres import database_of_ones_own

# How long an example takes says something of the machine, not of the code. The same examples each time, so that who
# changes something is told of that; `make test-long` thinks up others.
hypothesis_settings.register_profile("untimed", deadline=None, derandomize=True)
# `make test-long`
hypothesis_settings.register_profile("long", deadline=None, max_examples=5000)
hypothesis_settings.load_profile("untimed")

_make_rsa = keys.make_rsa
_pool: list[KeyPair] = []
_turn = itertools.count()


def _key_from_the_pool() -> KeyPair:
    """Making an RSA key takes as long as a test: a dozen are made once and used in turn."""
    turn = next(_turn) % 12
    if turn >= len(_pool):
        _pool.append(_make_rsa())
    return _pool[turn]


# Whose tests share what takes long to start: a whole folder one running server, or each file one of its own.
SHARING = ("tests/browser/", "tests/peers/apps/")
SHARING_BY_FILE = ("tests/clients/streaming/test_lines", "tests/journeys/", "tests/peers/")

# What looks at pages asks a second database no more than once for each page, as everybody, and for what they may read.
PAGES = ("tests/web/", "tests/promises/")
EVERY_PAGE = tuple(f"tests/promises/test_{number}" for number in ("04", "08", "09", "16", "17"))


class Sharing(LoadScopeScheduling):  # type: ignore[misc] # says nothing of its types
    """Among several processes: tests that share something go to the same one, each other test to whichever is free."""

    def _split_scope(self, nodeid: str) -> str:
        by_file = nodeid.split("::", maxsplit=1)[0] if nodeid.startswith(SHARING_BY_FILE) else nodeid
        return next((folder for folder in SHARING if nodeid.startswith(folder)), by_file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    """How pytest-xdist divides the tests."""
    return Sharing(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest comes first. A second database is asked only by what asks a database."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
    if os.environ.get("SPEAK_DATABASE_URL"):
        others = [item for item in items if not _asks_a_database(item)]
        items[:] = [item for item in items if _asks_a_database(item)]
        config.hook.pytest_deselected(items=others)


def pytest_collection_finish() -> None:
    """All that is imported stays: as in the running program, it is not searched for garbage again and again."""
    settle()
    gc.enable()


def _asks_a_database(item: pytest.Item) -> bool:
    if item.nodeid.startswith(PAGES) and not item.nodeid.startswith(EVERY_PAGE):
        return False
    marked = any(item.get_closest_marker(name) for name in ("django_db", "journey"))
    return marked or bool({"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """In place of pytest-django's, which brings a database in order in each process: a copy of one that is."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        connection.close()
        name = connection.creation._get_test_db_name()  # type: ignore[attr-defined] # noqa: SLF001 - Django's own
        if connection.vendor == "postgresql":
            stack.enter_context(database_of_ones_own(os.environ["SPEAK_DATABASE_URL"], name))
        connection.settings_dict["NAME"] = name
        stack.callback(connection.close)
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(prepared.embedded())) as kept:
                connection.ensure_connection()
                kept.backup(connection.connection)
        yield


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, settings: Settings) -> Path:
    """The folder of data of this test: rows of two tests have one number, and files are kept by the number."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings.SPEAK_DATA = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.FILE_UPLOAD_TEMP_DIR = folder
    return folder


@pytest.fixture(autouse=True)
def made_fast(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords and keys."""
    monkeypatch.setattr(keys, "make_rsa", _key_from_the_pool)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def alice(db: None) -> Actor:
    """She leads."""
    return makers.person("alice")


@pytest.fixture
def bob(db: None) -> Actor:
    """He sits in the room."""
    return makers.person("bob")


@pytest.fixture
def carol(db: None) -> Actor:
    """She knows nobody."""
    return makers.person("carol")


@pytest.fixture
def dora(db: None) -> Actor:
    """She lives on far.example."""
    return makers.far_person("dora")


@pytest.fixture
def browser_of() -> Callable[[Actor | None], Client]:
    """A browser in which somebody is signed in, or nobody."""

    def open_browser(actor: Actor | None) -> Client:
        client = Client(headers={"host": "home.example"})
        client.defaults["wsgi.url_scheme"] = "https"
        if actor is not None:
            assert actor.user is not None
            client.force_login(actor.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_browser
