"""Channels of Slack and Mattermost."""

import json

import pytest

from speak.federation.elsewhere import keeping, sending
from speak.federation.models import Elsewhere, SaidElsewhere
from speak.identity.models import Actor
from speak.kernel.errors import Invalid
from speak.kernel.outbound import Answer
from speak.safety.models import Limit, LimitKind
from speak.voice.actions import Words, edit_post, withdraw_post
from speak.voice.reach import Reach
from tests.fakes import FakeOutbound
from tests.federation.elsewhere.places import MATTERMOST, SLACK, TAKEN, channel, say_at, text_in, worker_says


def test_what_its_author_chose_for_a_channel_is_said_there_once(alice: Actor) -> None:
    outbound = FakeOutbound({SLACK: TAKEN})
    said = say_at(alice, channel(alice), words="Good morning.\n\nThe boat is in.")
    worker_says(outbound)
    worker_says(outbound)
    (call,) = outbound.calls
    assert text_in(call) == f"Alice (@alice@home.example):\nGood morning.\n\nThe boat is in.\n{said.url}"
    row = SaidElsewhere.objects.get(post=said)
    assert (row.due_at, row.last_failure) == (None, "")
    assert row.said_at is not None


def test_nobody_is_called_and_nothing_becomes_a_link_or_a_heading(alice: Actor) -> None:
    outbound = FakeOutbound({SLACK: TAKEN, MATTERMOST: TAKEN})
    words = "<!channel> @channel @here &\n# Not *a* heading: https://a.example/x_y"
    say_at(alice, channel(alice), channel(alice, webhook=MATTERMOST, name="town"), words=words, reach=Reach.HERE)
    worker_says(outbound)
    to_slack, to_mattermost = outbound.calls
    assert "&lt;!channel&gt; @channel @here &amp;" in text_in(to_slack)
    sent = json.loads(to_slack.body)
    assert (sent["mrkdwn"], sent["link_names"]) == (False, False)
    there = text_in(to_mattermost)
    assert "@channel" not in there
    assert "@here" not in there
    assert "\\# Not \\*a\\* heading: https://a.example/x_y" in there
    assert "home.example/@" not in there  # a way to what not everybody may read is no use to them


def test_what_was_said_in_a_channel_stays_as_it_is(alice: Actor) -> None:
    outbound = FakeOutbound({SLACK: TAKEN})
    said = say_at(alice, channel(alice))
    worker_says(outbound)
    edit_post(alice, post=said, words=Words("Good evening."))
    withdraw_post(alice, post=said)
    worker_says(outbound)
    assert len(outbound.calls) == 1


def test_what_is_taken_back_in_time_is_never_said_there(alice: Actor) -> None:
    outbound = FakeOutbound({SLACK: TAKEN})
    withdraw_post(alice, post=say_at(alice, channel(alice)))
    worker_says(outbound)
    assert not outbound.calls


@pytest.mark.parametrize("status", [500, 429, 404])
def test_what_is_not_taken_is_tried_again_or_given_up(alice: Actor, status: int) -> None:
    is_over = status == 404
    place = channel(alice)
    said = say_at(alice, place)
    worker_says(FakeOutbound({SLACK: Answer(status)}))
    row = SaidElsewhere.objects.get(post=said)
    assert (row.due_at is None, row.failed_at is not None, row.last_failure) == (is_over, is_over, f"answered {status}")
    place.refresh_from_db()
    assert (place.broken_at is not None) == is_over
    SaidElsewhere.objects.exclude(due_at=None).update(due_at=row.first_at)
    outbound = FakeOutbound({SLACK: TAKEN})
    worker_says(outbound)
    assert len(outbound.calls) == (0 if is_over else 1)


def test_adding_a_channel_says_so_there(alice: Actor) -> None:
    outbound = FakeOutbound({MATTERMOST: TAKEN})
    place = keeping.add_chat(alice, webhook=f" {MATTERMOST} ", channel=" #town   square ", ask=outbound.ask)
    assert (place.kind, place.name, place.secret) == ("mattermost", "#town square", MATTERMOST)
    assert text_in(outbound.calls[0]).startswith("Alice, at home.example, may say something here")


@pytest.mark.parametrize("webhook", ["http://hooks.slack.com/services/x", "hooks.slack.com", "ftp://a.example/", SLACK])
def test_what_is_no_webhook_or_takes_nothing_is_not_added(alice: Actor, webhook: str) -> None:
    outbound = FakeOutbound({SLACK: Answer(403)})
    with pytest.raises(Invalid):
        keeping.add_chat(alice, webhook=webhook, channel="#general", ask=outbound.ask)
    assert not Elsewhere.objects.exists()


def test_nothing_goes_to_a_server_that_this_one_has_nothing_to_do_with(alice: Actor) -> None:
    place = channel(alice, webhook=MATTERMOST)
    said = say_at(alice, place)
    Limit.objects.create(domain="chat.example", kind=LimitKind.SUSPENDED)
    outbound = FakeOutbound({MATTERMOST: TAKEN})
    worker_says(outbound)
    assert not outbound.calls
    assert SaidElsewhere.objects.get(post=said).failed_at is not None


def test_a_removed_place_is_owed_nothing_and_what_was_said_is_remembered(alice: Actor) -> None:
    place = channel(alice)
    said = say_at(alice, place)
    worker_says(FakeOutbound({SLACK: TAKEN}))
    waiting = say_at(alice, place, words="Later.")
    keeping.remove(alice, place.pk)
    assert not SaidElsewhere.objects.filter(post=waiting).exists()
    assert SaidElsewhere.objects.get(post=said).name == "#general"
    assert sending.take_up_due() == []
