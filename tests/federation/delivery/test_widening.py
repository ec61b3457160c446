"""Promise 4 on the wire: nobody is sent what they may not read here, whatever has happened in between."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from speak.federation.delivery.choosing import PER_SERVER, Load
from speak.federation.delivery.claiming import claim
from speak.federation.documents import Other, decode, parse_activity
from speak.federation.models import Activity, Delivery
from speak.identity.actions import ProfileWords, block, follow, unblock, unfollow, write_profile
from speak.identity.actions.follows import refuse_follow
from speak.identity.models import Actor
from speak.voice.actions import Words, boost, edit_post, like, unboost, unlike, withdraw_post
from speak.voice.audience import Audience
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests.federation.delivery.owed import all_has_arrived, inboxes
from tests.makers import answer, far_person, far_post, follows, post


@pytest.mark.django_db
def test_an_answer_does_not_reach_whom_the_owner_of_the_audience_has_blocked(alice: Actor, bob: Actor) -> None:
    erin = far_person("erin", domain="erin.example")
    follows(bob, alice)
    said = post(alice, "Hello @erin@erin.example", reach=Reach.FOLLOWERS)
    assert inboxes("Create") == ["https://erin.example/inbox"]
    block(alice, blocked=erin)
    all_has_arrived()

    answered = answer(bob, said, "I see.", audience=Audience(Reach.FOLLOWERS, stays_in_thread=True))
    assert not readable_by(erin).filter(pk=answered.pk).exists()
    assert inboxes("Create") == []
    edit_post(bob, post=answered, words=Words("I see it."))
    assert inboxes("Update") == []


@pytest.mark.django_db
def test_everything_that_leaves_is_understood_by_our_own_parser(alice: Actor, dora: Actor) -> None:
    follows(dora, alice)
    follow(alice, target=dora)
    theirs = far_post(dora)
    said = post(alice, "Hello @dora@far.example #tag")
    edit_post(alice, post=said, words=Words("Long.", title="A title"))
    like(alice, post=theirs)
    unlike(alice, post=theirs)
    boost(alice, post=theirs)
    unboost(alice, post=theirs)
    write_profile(alice, words=ProfileWords("Alice Marram", "Listens."))
    withdraw_post(alice, post=post(alice, "Never mind, @dora@far.example.", reach=Reach.NAMED, to=(dora,)))
    refuse_follow(alice, follower=dora)
    unfollow(alice, target=dora)
    block(alice, blocked=dora)
    unblock(alice, blocked=dora)
    activities = Activity.objects.all()
    for row in activities:
        parsed = parse_activity(decode(row.body.encode()))
        assert not isinstance(parsed, Other)
        assert (parsed.uri, parsed.actor_uri) == (row.uri, alice.uri)
    uris = [row.uri for row in activities]
    assert len(set(uris)) == len(uris)
    assert {row.kind for row in activities} >= {
        "Accept", "Announce", "Block", "Create", "Follow", "Like", "Reject", "Undo", "Update",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="there, one process at a time writes")
def test_workers_that_claim_at_the_same_moment_never_take_the_same_copy(alice: Actor) -> None:
    for number in range(120):
        follows(far_person(f"p{number}", domain=f"far{number % 30}.example", shared_inbox=False), alice)
    all_has_arrived()
    post(alice)

    def take(_: int) -> list[int]:
        try:
            return [parcel.delivery_id for _ in range(5) for parcel in claim(7, load=Load({}))]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        taken = [pk for found in pool.map(take, range(4)) for pk in found]
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(Delivery.objects.exclude(claimed_until=None).values_list("pk", flat=True))
    assert len(taken) >= 4 * 7


@pytest.mark.django_db
def test_one_claim_never_takes_more_of_a_server_than_it_may(alice: Actor) -> None:
    for number in range(40):
        follows(far_person(f"p{number}", domain=f"far{number % 3}.example", shared_inbox=False), alice)
    all_has_arrived()
    post(alice)
    busy = Counter({"far0.example": PER_SERVER - 1, "far1.example": PER_SERVER})
    taken = Counter(urlsplit(parcel.inbox_url).netloc for parcel in claim(100, load=Load(busy)))
    assert taken == {"far0.example": 1, "far2.example": PER_SERVER}
