"""What other sites said to somebody awaits them on our pages; apps know nothing of it and are told nothing wrong."""

import pytest

from speak.clients.push.sending import send
from speak.clients.streaming.news import News
from speak.identity.models import Actor, Notification, NotificationKind
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import app_of
from tests.clients.streaming.test_telling import heard, listener
from tests.clients.test_push import Phone, phone, signed_up
from tests.fakes import FakeOutbound
from tests.federation.webmention.site import PAGE, reply_to, sends, worker_reads

__all__ = ["phone"]


@pytest.fixture
def told(alice: Actor) -> Notification:
    """She is told that a site answered her."""
    said = makers.post(alice, "The tide is in.", reach=Reach.PUBLIC)
    sends(PAGE, said.url)
    worker_reads(FakeOutbound({PAGE: reply_to(said.url)}))
    return Notification.objects.get(recipient=alice, kind=NotificationKind.SITE_MENTION)


def test_apps_list_and_count_what_they_know_and_nothing_else(alice: Actor, bob: Actor, told: Notification) -> None:
    app = app_of(alice)
    for version in ("v1", "v2"):
        assert app.get(f"/api/{version}/notifications/unread_count") == {"count": 0}
    makers.post(bob, "@alice Look.", reach=Reach.PUBLIC)
    assert [each["type"] for each in app.get("/api/v1/notifications")] == ["mention"]
    assert [each["type"] for each in app.get("/api/v2/notifications")["notification_groups"]] == ["mention"]
    for version in ("v1", "v2"):
        assert app.get(f"/api/{version}/notifications/unread_count") == {"count": 1}
    assert app.ask("GET", f"/api/v1/notifications/{told.pk}").status_code == 404
    assert app.ask("GET", f"/api/v2/notifications/ungrouped-{told.pk}").status_code == 404


def test_no_app_takes_away_what_only_our_pages_show(alice: Actor, told: Notification) -> None:
    app = app_of(alice)
    app.post("/api/v1/notifications/clear")
    app.ask("POST", f"/api/v2/notifications/ungrouped-{told.pk}/dismiss")
    assert Notification.objects.filter(pk=told.pk).exists()


def test_apps_that_listen_and_devices_are_told_nothing_of_it(alice: Actor, told: Notification, phone: Phone) -> None:
    row = signed_up(app_of(alice), phone)
    services = FakeOutbound()
    assert send(row, told.pk, ask=services.ask)
    assert services.calls == []
    assert heard(News("told", told.pk, alice.pk), listener(alice)) == []
