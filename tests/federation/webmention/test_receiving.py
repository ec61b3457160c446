"""3.2: other sites say that they link to something here."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from speak.federation.models import MentionKind, MentionState, SiteMention
from speak.federation.webmention import keeping, receiving
from speak.identity.models import Actor, NotificationKind
from speak.kernel import clock
from speak.kernel.outbound import Answer, BadRedirect, TimedOut, TooBig, Unreachable
from speak.safety.models import Limit, LimitKind
from speak.voice.actions import withdraw_post
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.fakes import FakeOutbound
from tests.makers import far_post, post

from .site import HERE, PAGE, SITE, html, kept, reply_to, sends, worker_reads

Browser = Callable[[Actor | None], Client]


@pytest.fixture
def said(alice: Actor) -> Post:
    return post(alice, "What do you think?")


@pytest.fixture
def outbound(said: Post) -> FakeOutbound:
    return FakeOutbound({PAGE: reply_to(said.url)})


def test_3_2_a_claim_is_taken_at_once_and_checked_later(said: Post, outbound: FakeOutbound) -> None:
    assert sends(PAGE, said.url) == 202
    (claim,) = kept()
    assert claim.state == MentionState.UNSEEN
    assert outbound.calls == []
    worker_reads(outbound)
    (mention,) = kept()
    assert (mention.state, mention.kind, mention.post, mention.recipient) == (
        MentionState.HELD,
        MentionKind.REPLY,
        said,
        said.author,
    )
    assert (mention.author_name, mention.html) == ("Erin", "<p>I agree.</p>")
    assert mention.said_at == dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "source",
    ["", "nonsense", "mailto:me@site.example", "ftp://site.example/", "javascript:alert(1)", "https://", "x" * 3000],
)
def test_3_2_1_source_must_be_an_address_that_is_supported(said: Post, source: str) -> None:
    assert sends(source, said.url) == 400
    assert kept() == []


@pytest.mark.parametrize(
    "target",
    ["", "nonsense", "ftp://home.example/@alice", "https://elsewhere.example/@alice", f"{HERE}.evil.example/@alice"],
)
def test_3_2_1_target_must_be_an_address_of_ours(alice: Actor, target: str) -> None:
    assert sends(PAGE, target) == 400
    assert kept() == []


def test_3_2_1_the_same_source_and_target_must_be_refused(said: Post) -> None:
    assert sends(said.url, said.url) == 400


@pytest.mark.parametrize(
    "path", ["", "/", "/search", "/@nobody", "/@alice/1", "/static/web/base.css", "/tags/cat", "/%00"]
)
def test_3_2_1_target_should_be_something_that_takes_webmentions(alice: Actor, path: str) -> None:
    assert sends(PAGE, f"{HERE}{path}") == 400


def test_3_2_1_the_fragment_of_a_target_should_be_ignored(said: Post) -> None:
    assert sends(PAGE, f"{said.url}#answers") == 202
    assert kept()[0].target_url == f"{said.url}#answers"


def test_a_post_takes_them_at_each_of_its_addresses_and_so_does_a_person(said: Post) -> None:
    assert sends(PAGE, said.uri) == 202
    assert sends(PAGE, said.author.url) == 202
    assert [mention.post for mention in kept()] == [said, None]


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.NAMED, Reach.ROOM, Reach.HERE, Reach.FOLLOWERS])
def test_4_5_what_is_not_for_anyone_looks_as_if_it_were_not_there(alice: Actor, bob: Actor, reach: Reach) -> None:
    hidden = post(alice, "Between us.", reach=reach, to=(bob,) if reach in {Reach.NAMED, Reach.ROOM} else ())
    answers = []
    for target in (hidden.url, f"{HERE}/@alice/1"):
        asked = Client().post("/webmention", {"source": PAGE, "target": target})
        answers.append((asked.status_code, asked.content))
    assert answers[0] == answers[1]
    assert answers[0][0] == 400


def test_words_of_another_server_take_none(dora: Actor) -> None:
    far = far_post(dora)
    assert sends(PAGE, f"{HERE}{far.path}") == 400
    assert sends(PAGE, f"{HERE}/@dora@far.example") == 400


def test_3_2_2_the_page_must_be_fetched_and_link_to_exactly_the_target(said: Post, outbound: FakeOutbound) -> None:
    for wrong in (
        "<p>No link.</p>",
        f"<p>{said.url}</p>",
        f'<!-- <a href="{said.url}">x</a> -->',
        f'<a href="{said.url}x">x</a>',
        f'<a href="{said.url}?a=b">x</a>',
        f'<a title="{said.url}">x</a>',
        '<a href="https://[bad">x</a>',
    ):
        outbound.answers[PAGE] = html(wrong)
        assert sends(PAGE, said.url) == 202
        worker_reads(outbound)
        assert kept() == [], wrong


@pytest.mark.parametrize(
    "element", ['<a href="{}">x</a>', '<img src="{}">', '<video src="{}"></video>', '<q cite="{}">x</q>']
)
def test_3_2_2_in_html_any_linking_element_will_do(said: Post, outbound: FakeOutbound, element: str) -> None:
    outbound.answers[PAGE] = html(element.format(said.url))
    sends(PAGE, said.url)
    worker_reads(outbound)
    assert [mention.kind for mention in kept()] == [MentionKind.MENTION]


@pytest.mark.parametrize(
    ("kind", "body", "is_kept"),
    [
        ("application/json", '{{"a": ["x", {{"b": "{}"}}]}}', True),
        ("application/activity+json", '{{"inReplyTo": "{}"}}', True),
        ("application/json", '{{"a": "see {}"}}', False),
        ("application/json", '{{"a": ', False),
        ("text/plain", "I read {} today.", True),
        ("text/plain", "I read nothing.", False),
        ("image/png", "{}", False),
        ("", "{}", False),
    ],
)
def test_3_2_2_each_kind_of_document_should_be_read_by_its_own_rules(
    said: Post, outbound: FakeOutbound, kind: str, body: str, *, is_kept: bool
) -> None:
    outbound.answers[PAGE] = Answer(200, body.format(said.url).encode(), headers={"content-type": kind})
    sends(PAGE, said.url)
    worker_reads(outbound)
    assert bool(kept()) is is_kept


def test_3_2_2_it_says_what_it_would_like_to_read(said: Post, outbound: FakeOutbound) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    assert outbound.calls[0].headers["Accept"].startswith("text/html")


@pytest.mark.parametrize("status", [404, 410])
def test_3_2_4_a_page_that_is_gone_takes_its_words_along(said: Post, outbound: FakeOutbound, status: int) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    outbound.answers[PAGE] = html("Gone.", status=status)
    sends(PAGE, said.url)
    worker_reads(outbound)
    assert kept() == []


def test_3_2_4_a_page_that_links_here_no_longer_takes_its_words_along(said: Post, outbound: FakeOutbound) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    outbound.answers[PAGE] = html("<p>Never mind.</p>")
    sends(PAGE, said.url)
    worker_reads(outbound)
    assert kept() == []


def test_3_2_4_new_words_take_the_place_of_the_old_ones_and_wait_anew(said: Post, outbound: FakeOutbound) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    keeping.show(said.author, kept()[0].pk)
    outbound.answers[PAGE] = reply_to(said.url, words="<p>I changed my mind.</p>")
    sends(PAGE, said.url)
    assert keeping.shown_below(None, said), "the old words stay until the new ones have been read"
    worker_reads(outbound)
    (mention,) = kept()
    assert (mention.html, mention.state) == ("<p>I changed my mind.</p>", MentionState.HELD)


def test_3_2_4_the_same_words_again_change_nothing(said: Post, outbound: FakeOutbound) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    keeping.show(said.author, kept()[0].pk)
    for _ in range(3):
        assert sends(PAGE, said.url) == 202
        worker_reads(outbound)
    (mention,) = kept()
    assert mention.state == MentionState.SHOWN


def test_what_was_hidden_stays_hidden_whatever_it_says(said: Post, outbound: FakeOutbound) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    keeping.hide(said.author, kept()[0].pk)
    outbound.answers[PAGE] = reply_to(said.url, words="<p>LOOK AT ME</p>")
    sends(PAGE, said.url)
    worker_reads(outbound)
    assert kept()[0].state == MentionState.HIDDEN


@pytest.mark.parametrize("failure", [Unreachable("x"), TimedOut("x"), html("", status=503), html("", status=429)])
def test_a_page_that_cannot_be_read_now_is_read_later_and_then_forgotten(
    said: Post, outbound: FakeOutbound, failure: Answer | Exception
) -> None:
    outbound.answers[PAGE] = failure
    sends(PAGE, said.url)
    worker_reads(outbound)
    assert kept()[0].attempts == 1
    with clock.moved(dt.timedelta(days=2)):
        worker_reads(outbound)
    assert kept() == []


def test_what_was_kept_stays_when_its_site_is_ill(said: Post, outbound: FakeOutbound) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    outbound.answers[PAGE] = Unreachable("not now")
    sends(PAGE, said.url)
    with clock.moved(dt.timedelta(days=2)):
        worker_reads(outbound)
    assert kept()[0].html == "<p>I agree.</p>"


@pytest.mark.parametrize(
    "failure", [BadRedirect("in a circle"), TooBig("endless"), html("", status=403), html("<b>" * 20_000)]
)
def test_4_2_what_goes_in_circles_or_never_ends_is_let_be(
    said: Post, outbound: FakeOutbound, failure: Answer | Exception
) -> None:
    outbound.answers[PAGE] = failure
    sends(PAGE, said.url)
    worker_reads(outbound)
    assert kept() == []


def test_4_1_one_site_waits_in_line(said: Post) -> None:
    taken = [sends(f"{SITE}/{number}", said.url) for number in range(receiving.MOST_UNSEEN + 2)]
    assert taken == [202] * receiving.MOST_UNSEEN + [429, 429]
    assert sends("https://other.example/", said.url) == 202


def test_4_1_all_sites_together_wait_in_line(said: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_UNSEEN_IN_ALL", 2)
    assert [sends(f"https://{number}.example/", said.url) for number in range(3)] == [202, 202, 429]


def test_3_2_3_a_browser_is_told_what_to_send(client: Client, db: None) -> None:
    assert client.get("/webmention").status_code == 405
    assert client.post("/webmention").status_code == 400


def test_the_recipient_is_told_once_and_nobody_else(said: Post, outbound: FakeOutbound, bob: Actor) -> None:
    outbound.answers[f"{SITE}/two"] = reply_to(said.url)
    for source in (PAGE, f"{SITE}/two"):
        sends(source, said.url)
    worker_reads(outbound)
    assert said.author.notifications.filter(kind=NotificationKind.SITE_MENTION).count() == 1
    assert not bob.notifications.exists()


def test_a_site_one_blocks_is_not_told_and_nothing_of_it_is_kept(said: Post, outbound: FakeOutbound) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    keeping.block_site(said.author, "site.example")
    assert kept() == []
    assert sends(PAGE, said.url) == 202
    assert kept() == []
    keeping.unblock_site(said.author, "site.example")
    assert sends(PAGE, said.url) == 202
    assert len(kept()) == 1


def test_a_site_that_is_suspended_here_is_not_heard(said: Post, outbound: FakeOutbound) -> None:
    Limit.objects.create(domain="site.example", kind=LimitKind.SUSPENDED, reason="Spam.")
    assert sends(PAGE, said.url) == 400
    outbound.answers["https://front.example/"] = html(f'<a href="{said.url}">x</a>', url=PAGE)
    sends("https://front.example/", said.url)
    worker_reads(outbound)
    assert kept() == []


def test_what_is_withdrawn_takes_along_what_sites_said_to_it(said: Post, outbound: FakeOutbound) -> None:
    sends(PAGE, said.url)
    worker_reads(outbound)
    withdraw_post(said.author, post=said)
    assert not SiteMention.objects.exists()
