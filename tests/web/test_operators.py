"""What whoever runs this server sees of other servers: what they are owed and why, never whose words."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.test import Client

from speak.federation.models import Delivery, Server
from speak.identity.actions import let_run_server
from speak.identity.models import Actor
from speak.operations.commands.deliveries import deliveries
from speak.voice.actions import withdraw_post
from speak.web.shown.deliveries import in_plain_words
from tests import makers
from tests.federation.delivery.owed import all_has_arrived, answering, deliver
from tests.web.reading import text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]


@pytest.fixture
def operator(bob: Actor) -> Actor:
    """Bob, who runs the place."""
    let_run_server(bob)
    return Actor.objects.select_related("user").get(pk=bob.pk)


@pytest.fixture
def owed(alice: Actor, dora: Actor) -> None:
    """far.example has refused something of alice's."""
    makers.follows(dora, alice)
    all_has_arrived()
    makers.post(alice, "Good morning.")
    deliver(answering(500))


@pytest.mark.usefixtures("owed")
def test_an_operator_sees_which_server_and_why_and_nobodys_words(browser_of: Browser, operator: Actor) -> None:
    page = text_of(browser_of(operator).get("/operators/deliveries"))
    for words in ("far.example", "1 copy waits", "Something is wrong there. It answered with 500."):
        assert words in page
    for private in ("alice", "dora", "Good morning", "/inbox"):
        assert private not in page.lower() if private.islower() else private not in page


@pytest.mark.usefixtures("owed")
def test_an_operator_gives_up_and_tries_again(browser_of: Browser, operator: Actor) -> None:
    browser = browser_of(operator)
    browser.post("/operators/deliveries/act", {"host": "far.example", "act": "give-up"})
    assert Delivery.objects.get().given_up_at is not None
    assert "1 copy was given up" in text_of(browser.get("/operators/deliveries"))
    answer = browser.post("/operators/deliveries/act", {"host": "far.example", "act": "retry"}, follow=True)
    assert "far.example is tried again now." in text_of(answer)
    deliver(answering(202))
    assert not Delivery.objects.exists()
    assert "Every server has taken" in text_of(browser.get("/operators/deliveries"))
    assert browser.post("/operators/deliveries/act", {"host": "no.example", "act": "retry"}).status_code == 404
    assert browser.post("/operators/deliveries/act", {"host": "far.example", "act": "x"}).status_code == 422


@pytest.mark.usefixtures("owed")
def test_what_was_withdrawn_after_it_was_given_up_does_not_leave_when_tried_again(
    browser_of: Browser, operator: Actor, alice: Actor
) -> None:
    browser = browser_of(operator)
    browser.post("/operators/deliveries/act", {"host": "far.example", "act": "give-up"})
    withdraw_post(alice, post=alice.posts.get())
    Server.objects.all().delete()
    browser.post("/operators/deliveries/act", {"host": "far.example", "act": "retry"})
    assert [row.activity.kind for row in Delivery.objects.all()] == ["Delete"]


def test_nobody_else_sees_it(browser_of: Browser, carol: Actor) -> None:
    assert browser_of(None).get("/operators/deliveries").status_code == 302
    assert browser_of(carol).get("/operators/deliveries").status_code == 403
    assert browser_of(carol).post("/operators/deliveries/act", {"host": "x", "act": "retry"}).status_code == 403


@pytest.mark.usefixtures("owed")
def test_the_same_as_a_command() -> None:
    run = CliRunner().invoke
    assert "far.example: 1 copy waits; Something is wrong there. It answered with 500; next " in run(deliveries).output
    assert run(deliveries, ["give-up", "far.example"]).output == "What waited for far.example is given up.\n"
    assert run(deliveries, ["retry", "far.example"]).output == "far.example is tried again now.\n"
    missing = run(deliveries, ["retry", "no.example"])
    assert (missing.exit_code, "Nothing is owed to no.example." in missing.output) == (1, True)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("POST https://far.example/people/dora/inbox: timed out", "It did not answer in time."),
        ("POST https://far.example/people/dora/inbox: Cannot connect", "It could not be reached."),
        ("POST https://x.example/inbox: certificate verify failed", "Its certificate is not trusted."),
        ("answered 401", "It does not accept our signature. It answered with 401."),
        ("answered 418", "It does not want this. It answered with 418."),
        ("", ""),
    ],
)
def test_why_is_said_in_plain_words_and_names_no_inbox(failure: str, words: str) -> None:
    assert in_plain_words(failure) == words
