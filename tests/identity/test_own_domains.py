"""Domains that people bring: what may be brought, what proves them, how they are lost and passed on."""

import datetime as dt
from dataclasses import dataclass, field

import msgspec
import pytest
from pytest_django import Settings

from speak.identity import rules
from speak.identity.actions import bring_domain, choose_handle_domain, give_up_domain
from speak.identity.domains import checking
from speak.identity.domains.evidence import file_of, file_url, record_name, record_text
from speak.identity.domains.names import check_domain
from speak.identity.domains.queries import domain_of, owned_domain
from speak.identity.errors import NoDomain, WrongDomain
from speak.identity.models import Actor, Notification, OwnDomain
from speak.identity.tasks import look_at_domain, take_up_domains
from speak.kernel import clock, tasks
from speak.kernel.errors import TooMuch
from speak.kernel.outbound import Answer, TimedOut, hang_up
from tests.fakes import FakeNames, FakeOutbound

NAME = "annas.garden"
DAY = dt.timedelta(days=1)


@dataclass
class Web:
    """What the domain says at present, in DNS and on its site."""

    names: FakeNames = field(default_factory=FakeNames)
    sites: FakeOutbound = field(default_factory=FakeOutbound)

    def records(self, *owned: OwnDomain) -> None:
        self.names.texts[record_name(NAME)] = [record_text(each.token) for each in owned]

    def file(self, text: str, *, at: str = "") -> None:
        self.sites.answers[file_url(NAME)] = Answer(200, text.encode(), url=at)

    def fingers(self, actor: Actor) -> None:
        url = f"https://{NAME}/.well-known/webfinger?resource=acct:{actor.handle}@{NAME}"
        links = [{"rel": "http://webfinger.net/rel/profile-page"}, {"rel": "self", "href": actor.uri}]
        self.sites.answers[url] = Answer(200, msgspec.json.encode({"subject": "acct:x", "links": links}))

    def look(self, owned: OwnDomain) -> OwnDomain:
        seen = checking.look(owned, ask=self.sites.ask, look_up=self.names)
        assert seen is not None
        return seen


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def owned(alice: Actor) -> OwnDomain:
    return bring_domain(alice, name=NAME)


def told(actor: Actor) -> list[str]:
    return list(Notification.objects.filter(recipient=actor).values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("annas.garden", "annas.garden"),
        (" HTTPS://Annas.Garden/about ", "annas.garden"),
        ("@annas.garden.", "annas.garden"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("anna.github.io", "anna.github.io"),
        ("a.b.co.uk", "a.b.co.uk"),
    ],
)
def test_a_domain_is_read_however_it_is_written(written: str, name: str) -> None:
    assert check_domain(written, here="home.example:8443") == name


@pytest.mark.parametrize(
    "written",
    [
        "",
        "anna",
        "anna garden.example",
        "localhost",
        "x.localhost",
        "printer.local",
        "192.0.2.7",
        "https://[::1]/",
        "0x7f.1",
        "home.example",
        "HOME.example",
        "anna.home.example",
        "co.uk",
        "garden",
        "anna.example:8443",
        "-a.example",
        "a..b",
        "a_b.example",
        "user@anna.example",
        f"{'a' * 64}.example",
        ".".join(["long"] * 60),
        "b\u202ecd.\x00example",
    ],
)
def test_what_is_no_domain_of_ones_own_is_declined(written: str) -> None:
    with pytest.raises(WrongDomain):
        check_domain(written, here="home.example:8443")


def test_a_record_proves_a_domain_and_its_owner_is_told(web: Web, owned: OwnDomain, alice: Actor) -> None:
    assert owned_domain(NAME) is None
    web.records(owned)
    assert web.look(owned).proof == "record"
    found = owned_domain(NAME)
    assert found is not None
    assert found.actor == alice
    assert told(alice) == ["domain_found"]


def test_a_file_proves_it_too_but_not_from_another_site(web: Web, owned: OwnDomain) -> None:
    web.file(f"hello\n  {record_text(owned.token)}  \n", at="https://elsewhere.example/whatever")
    assert not web.look(owned).is_proven
    web.file(f"hello\n  {record_text(owned.token)}  \n")
    assert web.look(owned).proof == "file"


@pytest.mark.parametrize(
    "says", ["", "speak-for-yourself=", "speak-for-yourself=0", "x speak-for-yourself={token}", "{token}"]
)
def test_anything_else_proves_nothing(web: Web, owned: OwnDomain, says: str) -> None:
    web.file(says.format(token=owned.token))
    web.names.texts[record_name(NAME)] = [says.format(token=owned.token)]
    web.names.texts[NAME] = [record_text(owned.token)]
    assert not web.look(owned).is_proven


def test_whoever_brings_the_same_domain_has_to_prove_it_with_words_of_their_own(
    web: Web, owned: OwnDomain, bob: Actor
) -> None:
    web.records(owned)
    web.look(owned)
    other = bring_domain(bob, name=NAME)
    assert other.token != owned.token
    assert not web.look(other).is_proven
    found = owned_domain(NAME)
    assert found is not None
    assert found.actor_id == owned.actor_id


@pytest.mark.parametrize("holder", ["", "file", "record"])
@pytest.mark.parametrize("other", ["", "file", "record"])
def test_a_domain_passes_on_only_to_the_stronger_proof(
    web: Web, owned: OwnDomain, alice: Actor, bob: Actor, holder: str, other: str
) -> None:
    web.records(owned)
    web.look(owned)
    brought = bring_domain(bob, name=NAME)
    proofs = ((owned, holder), (brought, other))
    web.records(*[row for row, proof in proofs if proof == "record"])
    web.file("\n".join(record_text(row.token) for row, proof in proofs if proof == "file"))
    web.look(brought)
    passes = rules.domain_passes_on(holder=holder, other=other)
    found = owned_domain(NAME)
    assert found is not None
    assert found.actor == (bob if passes else alice)
    assert ("domain_lost" in told(alice)) == passes


def test_it_is_lost_when_it_is_not_seen_for_days_and_not_before(
    web: Web, owned: OwnDomain, alice: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.records(owned)
    web.look(owned)
    web.names.texts[record_name(NAME)] = TimedOut("nobody answers")
    now = clock.now()
    for day in range(4):
        monkeypatch.setattr(clock, "now", lambda day=day: now + day * DAY)
        for _ in range(3):
            assert web.look(owned).is_proven
    assert "domain_lost" not in told(alice)
    monkeypatch.setattr(clock, "now", lambda: now + 4 * DAY)
    lost = web.look(owned)
    assert not lost.is_proven
    assert lost.lost_at
    assert owned_domain(NAME) is None
    assert "domain_lost" in told(alice)
    assert lost.due_at
    assert lost.due_at < clock.now() + DAY, "it may be back soon"


def test_one_look_that_succeeds_begins_anew(web: Web, owned: OwnDomain) -> None:
    web.records(owned)
    web.look(owned)
    web.records()
    assert web.look(owned).missing_since
    web.records(owned)
    assert web.look(owned).missing_since is None


def test_the_address_is_on_it_only_where_its_webfinger_leads_here(web: Web, owned: OwnDomain, alice: Actor) -> None:
    web.fingers(alice)
    assert not web.look(owned).is_answering
    with pytest.raises(NoDomain):
        choose_handle_domain(alice, is_own=True)
    web.records(owned)
    web.look(owned)
    alice.refresh_from_db()
    choose_handle_domain(alice, is_own=True)
    assert alice.address == f"@alice@{NAME}"
    choose_handle_domain(alice, is_own=False)
    assert alice.address == "@alice@home.example"


def test_an_address_that_leads_nowhere_for_days_is_on_this_server_again(
    web: Web, owned: OwnDomain, alice: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.records(owned)
    web.fingers(alice)
    web.look(owned)
    alice.refresh_from_db()
    choose_handle_domain(alice, is_own=True)
    web.sites.answers.clear()
    now = clock.now()
    web.look(owned)
    monkeypatch.setattr(clock, "now", lambda: now + 5 * DAY)
    assert web.look(owned).is_proven
    alice.refresh_from_db()
    assert alice.address == "@alice@home.example"
    assert "domain_lost" in told(alice)


def test_the_page_is_there_only_while_requests_arrive_here(web: Web, owned: OwnDomain, alice: Actor) -> None:
    web.records(owned)
    web.file(file_of(owned))
    web.look(owned)
    alice.refresh_from_db()
    assert alice.home_url == f"https://{NAME}/"
    web.file("")
    web.look(owned)
    alice.refresh_from_db()
    assert alice.home_url == alice.url


def test_what_is_given_up_is_nobodys(web: Web, owned: OwnDomain, alice: Actor) -> None:
    web.records(owned)
    web.fingers(alice)
    web.look(owned)
    alice.refresh_from_db()
    choose_handle_domain(alice, is_own=True)
    give_up_domain(alice)
    assert (alice.address, alice.home_domain) == ("@alice@home.example", "")
    assert domain_of(alice) is None
    assert owned_domain(NAME) is None


def test_it_is_looked_at_often_at_first_then_daily_and_at_last_not_at_all() -> None:
    def after(*, is_proven: bool, is_settled: bool, days: float) -> dt.timedelta | None:
        return rules.next_look_at_domain(is_proven=is_proven, is_settled=is_settled, waits_for=days * DAY)

    assert after(is_proven=False, is_settled=False, days=0) == dt.timedelta(minutes=10)
    assert after(is_proven=False, is_settled=False, days=2) == dt.timedelta(hours=2)
    assert after(is_proven=False, is_settled=False, days=7) is None
    assert after(is_proven=True, is_settled=True, days=0) == DAY
    assert after(is_proven=True, is_settled=False, days=99) == DAY


def test_each_is_handed_out_once(owned: OwnDomain) -> None:
    assert checking.take_up_due() == [owned.pk]
    assert checking.take_up_due() == []


def test_nobody_has_it_looked_at_without_rest(web: Web, owned: OwnDomain, alice: Actor, carol: Actor) -> None:
    web.records(owned)
    seen = checking.look_now(alice, ask=web.sites.ask, look_up=web.names)
    assert seen is not None
    assert seen.is_proven
    with pytest.raises(TooMuch):
        checking.look_now(alice, ask=web.sites.ask, look_up=web.names)
    with pytest.raises(NoDomain):
        checking.look_now(carol, ask=web.sites.ask, look_up=web.names)


def test_the_worker_looks_at_those_that_are_due_and_plans_the_next_look(owned: OwnDomain, settings: Settings) -> None:
    settings.SPEAK_DEMO = True  # so that nobody is called
    take_up_domains()
    assert tasks.waiting_since()[tasks.FAR][0] == 1
    try:
        look_at_domain.call(owned_id=owned.pk)
    finally:
        hang_up()
    owned.refresh_from_db()
    assert owned.checked_at
    assert owned.due_at
    assert owned.due_at > clock.now()
    give_up_domain(owned.actor)
    look_at_domain.call(owned_id=owned.pk)
