"""What is taken back is taken back also from whoever was asked to be quoted, and stays in no row here."""

import pytest
from django.db import connection

from speak.federation.delivery.choosing import Load
from speak.federation.delivery.claiming import claim
from speak.federation.delivery.recording import record
from speak.federation.delivery.rules import Judgement, Verdict
from speak.federation.delivery.sending import Outcome
from speak.federation.models import Delivery
from speak.identity.actions import block, unfollow
from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.actions import (
    Words,
    edit_post,
    hear_refusal,
    publish_post,
    receive_quote_request,
    show_words_of_others,
    withdraw_post,
)
from speak.voice.models import Post, Quote
from speak.voice.reach import Reach
from tests import makers
from tests.federation.delivery.owed import FAR, all_has_arrived, answering, deliver, inboxes, said_to

pytestmark = pytest.mark.django_db
ZOE = "https://zoe.example/inbox"


@pytest.fixture
def zoe() -> Actor:
    """Somebody elsewhere whom nobody here follows, and who follows nobody here."""
    return makers.far_person("zoe", domain="zoe.example")


def quoting(author: Actor, quoted: Actor, *, reach: Reach = Reach.PUBLIC, to: tuple[Actor, ...] = ()) -> Post:
    """Something said that would show words of somebody elsewhere."""
    words = Words("Listen to this.", quoted=makers.far_post(quoted))
    return publish_post(author, words=words, audience=makers.audience(author, reach, to=to))


def claimed(kind: str) -> None:
    """As while, or after, a worker tried to send what is owed of this kind."""
    for row in Delivery.objects.filter(activity__kind=kind):
        Delivery.objects.filter(pk=row.pk).update(attempts=1, claimed_until=row.due_at)


def test_a_question_that_has_not_left_does_not_leave_and_there_is_nothing_to_take_back(
    alice: Actor, zoe: Actor
) -> None:
    said = quoting(alice, zoe)
    assert inboxes("QuoteRequest") == [ZOE]
    edit_post(alice, post=said, words=Words("Listen."))
    withdraw_post(alice, post=said)
    assert not Delivery.objects.exists()


def test_what_was_asked_with_is_taken_back_from_whoever_was_asked(alice: Actor, zoe: Actor) -> None:
    said = quoting(alice, zoe)
    all_has_arrived()
    edit_post(alice, post=said, words=Words("Listen."))
    assert inboxes("Update") == [ZOE]
    withdraw_post(alice, post=said)
    assert [row["type"] for row in said_to(ZOE)] == ["Delete"]


def test_a_question_that_may_have_left_is_taken_back_and_not_asked_again(alice: Actor, zoe: Actor) -> None:
    said = quoting(alice, zoe)
    claimed("QuoteRequest")
    withdraw_post(alice, post=said)
    assert [row["type"] for row in said_to(ZOE)] == ["Delete"]


def test_whoever_said_no_is_told_of_the_end_too(alice: Actor, zoe: Actor) -> None:
    said = quoting(alice, zoe)
    hear_refusal(zoe, quote=Quote.objects.get(post=said))
    all_has_arrived()
    withdraw_post(alice, post=said)
    assert inboxes("Delete") == [ZOE]


@pytest.mark.parametrize("reach", [Reach.NAMED, Reach.FOLLOWERS])
def test_who_was_asked_in_a_smaller_circle_is_told_of_the_end_though_they_left_it(
    alice: Actor, zoe: Actor, reach: Reach
) -> None:
    makers.follows(zoe, alice)
    said = quoting(alice, zoe, reach=reach, to=(zoe,) if reach == Reach.NAMED else ())
    all_has_arrived()
    edit_post(alice, post=said, words=Words("Listen."))
    assert inboxes("Update") == [ZOE]
    unfollow(zoe, target=alice)
    block(alice, blocked=zoe)
    all_has_arrived()
    withdraw_post(alice, post=said)
    assert inboxes("Delete") == [ZOE]


def test_who_was_told_and_not_yet_asked_is_told_of_the_end(alice: Actor, zoe: Actor) -> None:
    makers.follows(zoe, alice)
    said = quoting(alice, zoe)
    Delivery.objects.exclude(activity__kind="QuoteRequest").delete()
    withdraw_post(alice, post=said)
    assert [row["type"] for row in said_to(ZOE)] == ["Delete"]


WORD = "Ornithorhynchus"


def kept_words() -> list[str]:
    """The tables and columns of the whole database that hold the word anywhere."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        columns = [
            (table, column.name)
            for table in tables
            for column in connection.introspection.get_table_description(cursor, table)
        ]
        found = []
        for table, column in columns:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}" WHERE CAST("{column}" AS TEXT) LIKE %s', [f"%{WORD}%"])  # noqa: S608
            found += [f"{table}.{column}"] if cursor.fetchone()[0] else []
    return found


@pytest.mark.parametrize("has_left", [False, True])
def test_after_it_is_taken_back_nothing_here_holds_a_word_of_it(alice: Actor, zoe: Actor, has_left: bool) -> None:  # noqa: FBT001
    makers.follows(makers.far_person("dan"), alice)
    words = Words(f"{WORD} is what I say.", quoted=makers.far_post(zoe))
    said = publish_post(alice, words=words, audience=makers.audience(alice, Reach.PUBLIC))
    edit_post(alice, post=said, words=Words(f"{WORD} is what I said."))
    assert {"federation_activity.body", "voice_post.source", "voice_revision.source"} <= set(kept_words())
    if has_left:
        all_has_arrived()
    withdraw_post(alice, post=said)
    assert kept_words() == []


def test_words_taken_back_while_a_copy_is_on_its_way_are_not_kept_and_not_sent_again(alice: Actor, zoe: Actor) -> None:
    makers.follows(zoe, alice)
    said = makers.post(alice, f"{WORD} is what I say.")
    (on_its_way,) = [parcel for parcel in claim(10, load=Load({})) if WORD in parcel.body.decode()]
    withdraw_post(alice, post=said)
    assert kept_words() == []
    judgement = Judgement(Verdict.LATER)
    record([Outcome(on_its_way, judgement, on_its_way.way, "answered 503")])
    Delivery.objects.update(due_at=clock.now(), claimed_until=None)
    deliver(answering(202, url=ZOE))
    assert [row["type"] for row in said_to(ZOE)] == ["Delete"]
    deliver(answering(202, url=ZOE))
    assert not Delivery.objects.exists()


def test_words_that_somebody_took_out_of_an_article_leave_with_no_copy_and_stay_in_none(
    alice: Actor, zoe: Actor
) -> None:
    makers.follows(zoe, alice)
    makers.follows(makers.far_person("dan"), alice)
    all_has_arrived()
    words = Words("She said [[words 1]].", title="What was said", shown=f"She said {WORD}.")
    said = publish_post(alice, words=words, audience=makers.audience(alice, Reach.PUBLIC))
    show_words_of_others(said, shown=f"She really said {WORD}.", forgets_earlier=False)
    Delivery.objects.filter(inbox_url=ZOE).delete()
    show_words_of_others(said, shown="She said something.", forgets_earlier=True)
    assert kept_words() == []
    assert [row["type"] for row in said_to(FAR)] == ["Create", "Update"]
    assert all("She said something." in str(row["object"]) for row in said_to(FAR))
    assert [row["type"] for row in said_to(ZOE)] == ["Update"]


def test_who_quotes_what_was_said_here_hears_of_changes_and_of_the_end(alice: Actor, zoe: Actor) -> None:
    said = makers.post(alice)
    receive_quote_request(makers.far_post(zoe), quoted=said, request_uri="https://zoe.example/ask")
    all_has_arrived()
    edit_post(alice, post=said, words=Words("Good evening."))
    assert inboxes("Update") == [ZOE]
    all_has_arrived()
    withdraw_post(alice, post=said)
    assert inboxes("Delete") == [ZOE]
