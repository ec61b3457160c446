"""Reading again: when it is time, as little as possible, and no longer than somebody follows."""

import datetime as dt

import pytest

from speak.federation.models import Site
from speak.federation.sites import polling, rules
from speak.identity.actions import follow, unfollow
from speak.identity.models import Actor, Notification
from speak.kernel import clock
from speak.kernel.outbound import AddressRefused, Answer, TimedOut, TooBig
from speak.voice.models import Post
from tests.fakes import FakeOutbound
from tests.federation.sites.feeds import BLOG, FEED, at_home, atom, blog, entry, followed, found, served

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def worker_reads(outbound: FakeOutbound, *, after: dt.timedelta = dt.timedelta(0)) -> int:
    """The worker reads what is due, once so much time has passed; how many sites that is."""
    with clock.moved(after):
        due = polling.take_up_due()
        for site_id in due:
            polling.read(site_id, ask=outbound.ask)
    return len(due)


def pause() -> dt.timedelta:
    due_at = Site.objects.get().due_at
    assert due_at is not None
    return due_at - clock.now()


@pytest.fixture
def outbound() -> FakeOutbound:
    return blog(entry(2), entry(1), etag='"one"', last_modified="Sun, 01 Mar 2026 12:00:00 GMT")


@pytest.fixture
def site(alice: Actor, outbound: FakeOutbound) -> Actor:
    return followed(alice, outbound)


def test_what_is_new_comes_when_it_is_read_again(alice: Actor, site: Actor, outbound: FakeOutbound) -> None:
    outbound.answers[FEED] = served(atom(entry(3), entry(2), entry(1)))
    assert worker_reads(outbound) == 1
    assert [post.title for post in at_home(alice)] == ["Entry 3", "Entry 2", "Entry 1"]
    assert worker_reads(outbound) == 0


def test_it_asks_only_for_what_has_changed(site: Actor, outbound: FakeOutbound) -> None:
    worker_reads(outbound)
    outbound.calls.clear()
    outbound.answers[FEED] = Answer(304)
    worker_reads(outbound, after=DAY)
    sent = outbound.calls[0].headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"one"', "Sun, 01 Mar 2026 12:00:00 GMT")
    assert Site.objects.get().etag == '"one"'
    assert DAY + HOUR < pause() < DAY + 3 * HOUR


def test_an_edited_entry_is_said_anew_and_the_earlier_wording_kept(
    alice: Actor, site: Actor, outbound: FakeOutbound
) -> None:
    outbound.answers[FEED] = served(atom(entry(2, words="Better."), entry(1)))
    worker_reads(outbound)
    said = at_home(alice)[0]
    assert (said.html, said.revisions.get().html) == ("Better.", "<p>Words 2.</p>")
    assert at_home(alice)[1].edited_at is None


def test_of_a_page_that_changes_at_each_reading_twenty_wordings_are_kept(site: Actor, outbound: FakeOutbound) -> None:
    for number in range(22):
        outbound.answers[FEED] = served(atom(entry(1, words=f"It is {number}.")))
        worker_reads(outbound, after=number * 2 * DAY)
    assert Post.objects.get(title="Entry 1").revisions.count() == 20


def test_what_leaves_the_feed_stays(alice: Actor, site: Actor, outbound: FakeOutbound) -> None:
    outbound.answers[FEED] = served(atom(entry(3)))
    worker_reads(outbound)
    assert len(at_home(alice)) == 3


def test_what_was_there_before_does_not_come_later(alice: Actor) -> None:
    outbound = blog(*(entry(number) for number in range(15, 0, -1)))
    followed(alice, outbound)
    outbound.answers[FEED] = served(atom(*(entry(number) for number in range(16, 1, -1))))
    worker_reads(outbound)
    assert [post.title for post in at_home(alice)][::10] == ["Entry 16", "Entry 6"]


def test_a_flood_is_cut(alice: Actor, site: Actor, outbound: FakeOutbound) -> None:
    outbound.answers[FEED] = served(atom(*(entry(number) for number in range(90, 0, -1))))
    worker_reads(outbound)
    assert len(at_home(alice)) == 22


@pytest.mark.parametrize(
    ("answer", "least", "most"),
    [
        (Answer(503, headers={"retry-after": "36000"}), 9 * HOUR, 11 * HOUR),
        (Answer(429, headers={"retry-after": "9999999"}), 21 * HOUR, 27 * HOUR),
        (Answer(404), HOUR / 4, HOUR),
        (TimedOut("slow"), HOUR / 4, HOUR),
        (TooBig("endless"), HOUR / 4, HOUR),
        (AddressRefused("it leads to 10.0.0.1"), HOUR / 4, HOUR),
        (served("<html>Under repair</html>", "text/html"), HOUR / 4, HOUR),
        (served(atom(entry(2), entry(1), title="B"), cache_control="public, max-age=43200"), 10 * HOUR, 14 * HOUR),
        (served(atom(entry(2), entry(1), title="B"), cache_control="max-age=999999999"), 21 * HOUR, 27 * HOUR),
    ],
)
def test_it_is_left_alone_for_as_long_as_it_asks_or_as_it_fails(
    site: Actor, outbound: FakeOutbound, answer: Answer | Exception, least: dt.timedelta, most: dt.timedelta
) -> None:
    outbound.answers[FEED] = answer
    worker_reads(outbound)
    assert least < pause() < most
    assert Post.objects.count() == 2


def test_failing_goes_on_ever_more_rarely(site: Actor, outbound: FakeOutbound) -> None:
    del outbound.answers[FEED]
    for day in range(8):
        worker_reads(outbound, after=day * 2 * DAY)
    row = Site.objects.get()
    assert row.failures == 8
    assert "nobody there" in row.last_failure
    outbound.answers[FEED] = Answer(304)
    worker_reads(outbound, after=30 * DAY)
    assert Site.objects.get().failures == 0


def test_one_that_is_gone_is_let_be_and_its_followers_are_told(
    alice: Actor, site: Actor, outbound: FakeOutbound
) -> None:
    outbound.answers[FEED] = Answer(410)
    worker_reads(outbound)
    assert Site.objects.get().due_at is None
    told = Notification.objects.get(recipient=alice)
    assert (told.kind, told.about) == ("site_ended", site)
    assert len(at_home(alice)) == 2


def test_who_follows_one_that_was_gone_has_it_tried_again(
    alice: Actor, bob: Actor, site: Actor, outbound: FakeOutbound
) -> None:
    outbound.answers[FEED] = Answer(410)
    worker_reads(outbound)
    follow(bob, target=site)
    assert worker_reads(outbound) == 1


def test_it_is_read_once_for_all_and_no_more_when_the_last_has_left(
    alice: Actor, bob: Actor, site: Actor, outbound: FakeOutbound
) -> None:
    worker_reads(outbound)
    follow(bob, target=site)
    assert worker_reads(outbound) == 0
    unfollow(alice, target=site)
    assert Site.objects.get().due_at is not None
    unfollow(bob, target=site)
    assert Site.objects.get().due_at is None


def test_one_that_nobody_follows_is_not_read(alice: Actor) -> None:
    outbound = blog(entry(1))
    found(alice, outbound)
    assert worker_reads(outbound) == 0


def test_of_each_server_one_site_is_read_at_a_time(alice: Actor) -> None:
    urls = [FEED, f"{BLOG}/two.xml", "https://other.example/feed"]
    outbound = FakeOutbound({url: served(atom(entry(1))) for url in urls})
    for url in urls:
        followed(alice, outbound, url)
    assert worker_reads(outbound) == 2
    assert worker_reads(outbound) == 1


def test_news_bring_it_nearer_and_none_put_it_off() -> None:
    assert rules.pause_after(4 * HOUR, has_news=True) == 2 * HOUR
    assert rules.pause_after(4 * HOUR, has_news=False) == 6 * HOUR
    assert rules.pause_after(HOUR, has_news=True) == HOUR
    assert rules.pause_after(DAY, has_news=False) == DAY
    assert rules.next_reading(NOW, HOUR, 3 * HOUR, chance=0.5) == NOW + 3 * HOUR
