"""Other places of people: found when both sides point at each other, lost when one no longer does, and told."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from speak.federation.discovery import find_actor
from speak.federation.models import Activity
from speak.federation.places.looking import look, take_up_due, want_known
from speak.identity import actions
from speak.identity.actions import let_run_server
from speak.identity.models import Actor, Finding, Link, Notification
from speak.kernel import clock
from speak.kernel.errors import NotFound
from speak.kernel.outbound import AddressRefused, Answer, BadRedirect, Unreachable
from speak.safety.actions import LimitWords, set_limit
from speak.safety.models import LimitKind
from tests.fakes import FakeOutbound
from tests.federation.far import FarServer, actor_document
from tests.federation.hostile import PATIENCE_SECONDS, Hostile, ask, hostile_site
from tests.federation.webmention.site import html
from tests.makers import follows, own_domain

Browser = Callable[[Actor | None], Client]
HERE = "https://home.example/@alice"
BLOG = "https://alice.example/about"
BACK = f'<a rel="me" href="{HERE}">Alice</a>'
DAY = dt.timedelta(days=1)


@dataclass
class Web:
    """The rest of the web, as a table; the worker looks at what is due."""

    outbound: FakeOutbound

    def says(self, url: str, answer: Answer | Exception | str) -> None:
        self.outbound.answers[url] = html(answer) if isinstance(answer, str) else answer

    def looked_at(self) -> Link:
        """The worker has looked at all that is due; the last link there is."""
        for link_id in take_up_due():
            look(link_id, ask=self.outbound.ask)
        return Link.objects.latest("pk")

    @property
    def asked(self) -> list[str]:
        return [f"{call.method} {call.url}" for call in self.outbound.calls]


@pytest.fixture
def web(db: None) -> Web:
    return Web(FakeOutbound())


def points_at(actor: Actor, url: str = BLOG) -> None:
    actions.replace_links(actor, links=[("Blog", url)])


def told(actor: Actor) -> list[str]:
    return list(Notification.objects.filter(recipient=actor).values_list("kind", flat=True))


@pytest.mark.parametrize(
    "page",
    [
        BACK,
        f'<link href="{HERE}" rel="me">',
        f'<a rel="nofollow me noopener" href="{HERE}/">website</a>',
        '<a rel=ME href="HTTP://Home.Example:80/%40Alice#top">me</a>',
        '<base href="https://home.example/"><a rel=me href="@alice">me</a>',
        "<p>" * 30_000 + BACK,
    ],
)
def test_a_page_that_points_back_is_found(alice: Actor, web: Web, page: str) -> None:
    points_at(alice)
    web.says(BLOG, page)
    link = web.looked_at()
    assert (link.finding, link.verified_at is not None) == (Finding.POINTS_BACK, True)
    assert told(alice) == ["link_verified"]


def test_an_id_an_older_handle_and_a_header_of_the_page_will_do(alice: Actor, web: Web) -> None:
    actions.rename_handle(alice, handle="alice_marram")
    for number, back in enumerate((alice.uri, HERE, "https://home.example/@alice_marram")):
        points_at(alice, f"https://alice.example/{number}")
        web.says(f"https://alice.example/{number}", html("", link=f'<x>; rel="next", <{back}>; rel="me"'))
        assert web.looked_at().verified_at


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (f'<a href="{HERE}">no rel</a>', Finding.SILENT),
        ('<a rel="me" href="https://home.example/@bob">another</a>', Finding.SILENT),
        (
            f'<a rel="me" href="{HERE}.evil.example">x</a><a rel="me" href="https://evil.example/?{HERE}">x</a>',
            "silent",
        ),
        (f"<script>'<a rel=me href={HERE}>'</script><!-- {BACK} -->", Finding.SILENT),
        (html(BACK, url="https://evil.example/"), Finding.ELSEWHERE),
        (Answer(200, BACK.encode(), headers={"content-type": "text/plain"}), Finding.UNREADABLE),
        (BadRedirect("round and round"), Finding.UNREADABLE),
        (AddressRefused("10.0.0.1"), Finding.REFUSED),
        (Unreachable("nobody there"), Finding.AWAY),
        (html(BACK, status=404), Finding.AWAY),
    ],
)
def test_what_does_not_point_back_is_said_as_it_is(
    alice: Actor, web: Web, answer: Answer | Exception | str, finding: str
) -> None:
    points_at(alice)
    web.says(BLOG, answer)
    link = web.looked_at()
    assert (link.finding, link.verified_at) == (finding, None)
    assert told(alice) == []


def test_the_same_site_may_lead_on_within_itself(alice: Actor, web: Web) -> None:
    points_at(alice, "http://www.alice.example/")
    web.says("https://www.alice.example/", html('<a rel=me href="/out?1">me</a>', url="https://alice.example/home"))
    web.says("https://alice.example/out?1", Answer(200, url=HERE))
    assert web.looked_at().verified_at
    assert web.asked == ["GET https://www.alice.example/", "HEAD https://alice.example/out?1"]


def test_nobody_is_asked_about_pages_of_this_server_or_of_one_that_is_shut_out(
    alice: Actor, bob: Actor, web: Web
) -> None:
    points_at(alice, "https://home.example/@bob")
    assert web.looked_at().finding == Finding.OURS
    let_run_server(bob)
    set_limit(bob, about="alice.example", words=LimitWords(LimitKind.SUSPENDED, "Spam."))
    points_at(alice)
    assert web.looked_at().finding == Finding.REFUSED
    assert web.asked == []


@pytest.mark.parametrize(
    ("value", "is_found"),
    [
        (HERE, True),
        (f'<a href="{HERE}" rel="nofollow">{HERE}</a>', True),
        (f'<a href="{HERE}" rel="me"><span class="invisible">https://</span>home.example/@alice</a>', True),
        (f'My friend <a href="{HERE}">{HERE}</a>', False),
        (f'<a href="{HERE}">Alice</a>', False),
        ("https://home.example/@bob", False),
    ],
)
def test_a_profile_of_the_social_web_points_back_by_a_field(
    alice: Actor, far: FarServer, web: Web, value: str, *, is_found: bool
) -> None:
    web.outbound, uri, page = far.outbound, "https://far.example/people/alice", "https://far.example/@alice"
    field = {"type": "PropertyValue", "name": "Home", "value": value}
    far.serves(uri, actor_document(uri, "alice", url=page, attachment=[field]))
    profile = html('<link rel="alternate" type="application/activity+json" href="x"><p>needs scripts</p>')
    far.outbound.answers[page] = profile
    asked = far.outbound.ask

    def by_kind(call: object, **more: object) -> Answer:
        accepts = call.headers["Accept"]  # type: ignore[attr-defined]
        far.outbound.answers[page] = profile if accepts.startswith("text/html") else far.outbound.answers[uri]
        return asked(call, **more)  # type: ignore[arg-type]

    points_at(alice, page)
    for link_id in take_up_due():
        look(link_id, ask=by_kind)
    assert (Link.objects.get().verified_at is not None) == is_found


def test_what_is_lost_is_lost_when_seen_or_after_days_away_and_told_once(alice: Actor, web: Web) -> None:
    points_at(alice)
    web.says(BLOG, BACK)
    since = web.looked_at().verified_at
    web.says(BLOG, Unreachable("down"))
    with clock.moved(1.3 * DAY):
        assert web.looked_at().verified_at == since
        assert web.looked_at().looks_in_vain == 0
    with clock.moved(3 * DAY):
        assert web.looked_at().verified_at == since
    assert told(alice) == ["link_verified"]
    with clock.moved(4.5 * DAY):
        assert web.looked_at().verified_at is None
        assert told(alice) == ["link_lost"]
        web.says(BLOG, BACK)
    with clock.moved(4.6 * DAY):
        assert web.looked_at().verified_at
        assert told(alice) == ["link_verified"]
        web.says(BLOG, "<p>A new page.</p>")
    with clock.moved(6 * DAY):
        assert web.looked_at().verified_at is None
        assert told(alice) == ["link_lost"]


def test_in_vain_it_is_looked_at_ever_more_rarely_and_again_when_its_owner_asks(
    alice: Actor, bob: Actor, web: Web
) -> None:
    points_at(alice)
    for _ in range(40):
        Link.objects.filter(due_at__isnull=False).update(due_at=clock.now())
        web.looked_at()
    assert len(web.asked) == 20
    link = Link.objects.get()
    assert link.due_at is None
    with clock.moved(DAY):
        actions.look_at_link(alice, link_id=link.pk)
        web.says(BLOG, BACK)
        assert web.looked_at().verified_at
        assert Link.objects.filter(due_at__gt=clock.now() + DAY / 2).exists()
        actions.look_at_link(alice, link_id=link.pk)  # a moment ago will do
        assert take_up_due() == []
        with pytest.raises(NotFound):
            actions.look_at_link(bob, link_id=link.pk)


def test_a_link_that_leads_elsewhere_by_now_keeps_nothing_of_what_was_found(alice: Actor, web: Web) -> None:
    points_at(alice)
    (link_id,) = take_up_due()
    points_at(alice, "https://other.example/")
    web.says(BLOG, BACK)
    look(link_id, ask=web.outbound.ask)
    assert not Link.objects.get().verified_at
    assert web.asked == []


def test_people_elsewhere_are_looked_at_when_somebody_here_looks_at_them(
    alice: Actor, far: FarServer, web: Web, browser_of: Browser
) -> None:
    web.outbound, uri = far.outbound, "https://far.example/people/eve"
    value = '<a href="https://eve.example/" rel="me"><span>https://</span>eve.example</a>'
    fields = [{"type": "PropertyValue", "name": "Web", "value": value}]
    fields += [{"type": "PropertyValue", "name": "n", "value": f"https://eve.example/{n}"} for n in range(9)]
    far.serves_actor(uri, "eve", url="https://far.example/@eve", attachment=fields)
    eve = find_actor(uri, ask=far.outbound.ask)
    assert take_up_due() == []
    want_known(eve)
    web.says("https://eve.example/", f'<a rel="me" href="{uri}">me</a>')
    web.looked_at()
    first = eve.links.all()[0]
    assert first.verified_at
    assert [link.looked_at is not None for link in eve.links.all()] == [True] * 4 + [False] * 6
    far.refresh(eve)
    want_known(eve)
    assert eve.links.all()[0].verified_at == first.verified_at
    assert take_up_due() == []
    with clock.moved(8 * DAY):
        want_known(eve)
        assert len(take_up_due()) == 4


@pytest.mark.allow_hosts(["127.0.0.0/8"])
def test_a_site_made_to_hurt_proves_nothing_and_takes_nobody_long(alice: Actor) -> None:
    Hostile.link = BACK.encode()
    ways = ("loop", "round", "bomb", "endless", "slow", "inwards", "metadata", "file", "cut", "headers")
    with hostile_site() as site:
        actions.replace_links(alice, links=[(way, f"{site}/{way}") for way in ways])
        began = time.monotonic()
        for link_id in take_up_due():
            look(link_id, ask=ask)
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert [link.label for link in alice.links.all() if link.verified_at or not link.finding] == []


def test_what_is_found_is_told_to_nobody_elsewhere(alice: Actor, dora: Actor, web: Web) -> None:
    follows(dora, alice)
    points_at(alice)
    web.says(BLOG, BACK)
    before = Activity.objects.count()
    web.looked_at()
    assert Activity.objects.count() == before


def test_a_page_that_points_at_their_own_domain_points_at_them_while_it_is_theirs(alice: Actor, web: Web) -> None:
    own_domain(alice, "annas.garden")
    points_at(alice)
    web.says(BLOG, '<a rel="me" href="https://annas.garden/">Alice</a>')
    assert web.looked_at().finding == Finding.POINTS_BACK
    actions.give_up_domain(alice)
    Link.objects.update(due_at=clock.now())
    assert web.looked_at().finding != Finding.POINTS_BACK
