"""What tests of federation use: far.example, which signs and is asked."""

import importlib
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from speak.identity.models import Actor
from tests.fakes import FakeOutbound
from tests.federation.far import Addresses, FarServer


@pytest.fixture(autouse=True)
def no_memory() -> Iterator[None]:
    """Keys that were asked for in one test may be asked for again in the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def far_and_pages(far: FarServer, settings: Settings) -> FarServer:
    """The same, where a test also opens pages of this one."""
    pages = importlib.import_module("speak.operations.urls").urlpatterns
    settings.ROOT_URLCONF = Addresses(far.outbound, pages)
    return far


@pytest.fixture
def far(db: None, browser_of: Callable[[Actor | None], Client], settings: Settings) -> FarServer:
    """Another server; this one asks it through a fake."""
    outbound = FakeOutbound()
    settings.ROOT_URLCONF = Addresses(outbound)
    return FarServer(browser_of(None), outbound)
