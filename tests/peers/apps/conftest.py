"""One server with its people, and one far away for those who need it, for all tests of apps."""

from collections.abc import Iterator

import pytest

from tests.peers.apps import called
from tests.peers.apps.called import Cast
from tests.peers.apps.house import HERE, THERE, settle
from tests.running import Authority, Home, free_port, home


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Whom both servers trust, and everybody's app."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Home]:
    """The server, running."""
    port = free_port()
    settings = {"SPEAK_OPEN": "yes", "SPEAK_STREAMING_URL": f"ws://localhost:{port}"}
    with home(tmp_path_factory.mktemp("here"), authority=authority, settings=settings) as server:
        settle(server, HERE)
        server.stream_ports["stream"] = port
        yield server


@pytest.fixture(scope="session")
def streaming(here: Home) -> None:
    """It tells apps what happens when it happens."""
    here.start("stream")


@pytest.fixture(scope="session")
def far(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Home]:
    """One far away, running."""
    with home(tmp_path_factory.mktemp("far"), authority=authority) as server:
        settle(server, THERE)
        yield server


@pytest.fixture(scope="session")
def all_apps(here: Home) -> Cast:
    """Everybody's app, with connections that are kept."""
    return Cast(here)


@pytest.fixture
def cast(all_apps: Cast, request: pytest.FixtureRequest) -> Iterator[Cast]:
    """Everybody's app; when the test ends, all methods that it is about have been answered."""
    called.answered.clear()
    yield all_apps
    missing = set(getattr(request.function, "calls", ())) - called.answered
    assert not missing, f"never answered: {sorted(missing)}"
