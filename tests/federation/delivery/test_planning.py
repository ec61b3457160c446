"""Who is owed a copy: only those elsewhere whom it is for, each inbox once, in the transaction of its cause."""

from collections.abc import Callable

import pytest
from django.db import transaction

from speak.federation.models import Activity, Delivery
from speak.identity.actions import block, follow, rename_handle, unblock, unfollow, write_profile
from speak.identity.actions.profile import ProfileWords
from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.voice.actions import Words, boost, edit_post, like, publish_post, unboost, unlike, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import STAYS_HERE, Reach
from tests import makers
from tests.federation.delivery.owed import FAR, all_has_arrived, inboxes, only, said_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def followers(alice: Actor) -> list[Actor]:
    """Two at far.example, which has a shared inbox; one at small.example, which has none; one who only asked."""
    found = [
        makers.far_person("dan"),
        makers.far_person("deb"),
        makers.far_person("sam", domain="small.example", shared_inbox=False),
    ]
    for follower in found:
        makers.follows(follower, alice)
    all_has_arrived()
    return found


def test_a_post_is_owed_to_each_distinct_inbox_once(alice: Actor, followers: list[Actor]) -> None:
    said = makers.post(alice)
    assert inboxes("Create") == [FAR, "https://small.example/people/sam/inbox"]
    create = only("Create")
    assert (create["id"], create["actor"]) == (f"https://home.example/activities/{said.pk}", alice.uri)
    assert Activity.objects.filter(kind="Create").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_post_that_is_rolled_back_owes_nothing(alice: Actor) -> None:
    makers.follows(makers.far_person("dan"), alice)
    before = Delivery.objects.count()
    with transaction.atomic():
        makers.post(alice)
        assert Delivery.objects.count() == before + 1
        transaction.set_rollback(True)
    assert Delivery.objects.count() == before
    assert not Activity.objects.filter(kind="Create").exists()


@pytest.mark.parametrize("reach", STAYS_HERE)
def test_what_stays_here_leaves_by_no_activity(alice: Actor, bob: Actor, followers: list[Actor], reach: Reach) -> None:
    makers.follows(bob, alice)
    audience = makers.audience(alice, reach, to=(bob,))
    said = publish_post(alice, words=Words("Between us, @dan@far.example"), audience=audience)
    for answer in (
        lambda: like(bob, post=said),
        lambda: unlike(bob, post=said),
        lambda: boost(alice, post=said),
        lambda: boost(bob, post=said),
        lambda: unboost(bob, post=said),
    ):
        _try(answer)
    edit_post(alice, post=said, words=Words("Between us, still, @dan@far.example"))
    withdraw_post(alice, post=said)
    assert not Activity.objects.exclude(kind__in=["Accept"]).exists()
    assert not Delivery.objects.exists()


def _try(answer: Callable[[], object]) -> None:
    try:
        answer()
    except Refusal:
        return


def test_followers_only_goes_to_those_who_followed_before(alice: Actor, followers: list[Actor]) -> None:
    said = makers.post(alice, reach=Reach.FOLLOWERS)
    assert inboxes("Create") == [FAR, "https://small.example/people/sam/inbox"]
    late = makers.far_person("lea", domain="late.example")
    makers.follows(late, alice)
    edit_post(alice, post=said, words=Words("Good morning again."))
    assert inboxes("Update") == [FAR, "https://small.example/people/sam/inbox"]


def test_followers_only_also_goes_to_whom_it_names(alice: Actor, followers: list[Actor]) -> None:
    makers.far_person("zoe", domain="zoe.example")
    makers.post(alice, "With @zoe@zoe.example", reach=Reach.FOLLOWERS)
    assert "https://zoe.example/inbox" in inboxes("Create")


def test_named_people_only_means_nobody_else(alice: Actor, bob: Actor, followers: list[Actor]) -> None:
    zoe = makers.far_person("zoe", domain="zoe.example")
    said = makers.post(alice, "For you two.", reach=Reach.NAMED, to=(zoe, bob))
    edit_post(alice, post=said, words=Words("For the two of you."))
    all_has_arrived()
    withdraw_post(alice, post=said)
    assert set(Delivery.objects.values_list("inbox_url", flat=True)) == {"https://zoe.example/inbox"}
    assert set(only("Delete")["to"]) == {zoe.uri, bob.uri}  # type: ignore[call-overload]


@pytest.mark.parametrize("reach", [Reach.QUIET, Reach.PUBLIC])
def test_an_open_post_also_goes_to_whom_it_names_and_answers(alice: Actor, dora: Actor, reach: Reach) -> None:
    zoe = makers.far_person("zoe", domain="zoe.example")
    heard = makers.far_post(dora)
    makers.answer(alice, heard, f"Ask {zoe.address}", audience=Audience(reach))
    assert inboxes("Create") == [FAR, "https://zoe.example/inbox"]


def test_an_answer_within_anothers_followers_goes_to_their_server_only(alice: Actor, dora: Actor) -> None:
    makers.follows(makers.far_person("ann", domain="ann.example"), alice)
    makers.follows(alice, dora)
    all_has_arrived()
    heard = makers.far_post(dora, reach=Reach.FOLLOWERS)
    makers.answer(alice, heard)
    assert inboxes("Create") == [FAR]


def test_an_answer_within_the_followers_of_somebody_here_goes_to_theirs(
    alice: Actor, bob: Actor, followers: list[Actor]
) -> None:
    makers.follows(makers.far_person("ben", domain="ben.example"), bob)
    makers.follows(bob, alice)
    said = makers.post(alice, reach=Reach.FOLLOWERS)
    all_has_arrived()
    makers.answer(bob, said)
    assert inboxes("Create") == [FAR, "https://small.example/people/sam/inbox"]


def test_whoever_is_blocked_or_gone_gets_nothing(alice: Actor, followers: list[Actor]) -> None:
    block(alice, blocked=followers[2])
    blocker = makers.far_person("eve", domain="eve.example")
    makers.follows(blocker, alice)
    block(blocker, blocked=alice)
    gone = makers.far_person("gil", domain="gone.example")
    makers.follows(gone, alice)
    Actor.objects.filter(pk=gone.pk).update(gone_at=gone.created_at)
    all_has_arrived()
    makers.post(alice, "Hello @sam@small.example and @eve@eve.example")
    assert inboxes("Create") == [FAR]


def test_what_somebody_elsewhere_said_is_not_sent_on(alice: Actor, bob: Actor, dora: Actor) -> None:
    makers.follows(makers.far_person("ann", domain="ann.example"), alice)
    all_has_arrived()
    makers.far_post(dora)
    assert not Delivery.objects.exists()


# --- Changing and taking back ------------------------------------------------------------------


def test_a_post_withdrawn_before_it_left_never_leaves(alice: Actor, followers: list[Actor]) -> None:
    said = makers.post(alice)
    edit_post(alice, post=said, words=Words("Good evening."))
    withdraw_post(alice, post=said)
    assert not Delivery.objects.exists()


def test_a_post_withdrawn_later_is_withdrawn_wherever_it_went(alice: Actor, followers: list[Actor]) -> None:
    said = makers.post(alice)
    all_has_arrived()
    edit_post(alice, post=said, words=Words("Good evening."))
    withdraw_post(alice, post=said)
    assert [row["type"] for row in said_to(FAR)] == ["Delete"], "the better words need not leave any more"
    delete = only("Delete")
    stone = delete["object"]
    assert isinstance(stone, dict)
    assert (stone["id"], stone["type"]) == (said.uri, "Tombstone")
    assert "Good" not in str(delete)


def test_a_copy_that_may_have_left_is_taken_back_and_not_sent_again(alice: Actor, followers: list[Actor]) -> None:
    said = makers.post(alice)
    tried = Delivery.objects.get(inbox_url=FAR)
    Delivery.objects.filter(pk=tried.pk).update(attempts=1, claimed_until=tried.due_at)
    withdraw_post(alice, post=said)
    assert [(row.inbox_url, row.activity.kind) for row in Delivery.objects.all()] == [(FAR, "Delete")]


def test_of_several_wordings_that_wait_only_the_last_is_sent(alice: Actor, followers: list[Actor]) -> None:
    said = makers.post(alice)
    for words in ("One.", "Two.", "Three."):
        edit_post(alice, post=said, words=Words(words))
    assert [row["type"] for row in said_to(FAR)] == ["Create", "Update"]
    assert "Three." in str(said_to(FAR)[1])


def test_those_who_answered_hear_of_changes_and_of_the_end(alice: Actor, dora: Actor) -> None:
    said = makers.post(alice)
    like(dora, post=said)
    edit_post(alice, post=said, words=Words("Good evening."))
    assert inboxes("Update") == [FAR]
    all_has_arrived()
    withdraw_post(alice, post=said)
    assert inboxes("Delete") == [FAR]


@pytest.mark.parametrize("reach", [Reach.FOLLOWERS, Reach.PUBLIC])
@pytest.mark.parametrize("ending", [unfollow, lambda follower, target: block(target, blocked=follower)])
def test_what_is_withdrawn_is_withdrawn_from_those_who_used_to_follow(
    alice: Actor, dora: Actor, reach: Reach, ending: Callable[..., object]
) -> None:
    makers.follows(dora, alice)
    said = makers.post(alice, reach=reach)
    all_has_arrived()
    ending(dora, target=alice)
    all_has_arrived()
    later = makers.post(alice, "After they left.", reach=reach)
    withdraw_post(alice, post=said)
    withdraw_post(alice, post=later)
    assert [row["object"]["id"] for row in said_to(FAR)] == [said.uri]  # type: ignore[index]


def test_whoever_is_no_longer_named_hears_of_the_change_and_the_end(alice: Actor, dora: Actor) -> None:
    said = makers.post(alice, f"Ask {dora.address}")
    all_has_arrived()
    edit_post(alice, post=said, words=Words("Ask somebody."))
    assert inboxes("Update") == [FAR]
    all_has_arrived()
    withdraw_post(alice, post=said)
    assert inboxes("Delete") == [FAR]


# --- Everything else ----------------------------------------------------------------------------


def test_passing_on_is_announced_and_taken_back_with_the_same_id(
    alice: Actor, dora: Actor, followers: list[Actor]
) -> None:
    zoe = makers.far_person("zoe", domain="zoe.example")
    heard = makers.far_post(zoe)
    boost(alice, post=heard)
    assert inboxes("Announce") == [FAR, "https://small.example/people/sam/inbox", "https://zoe.example/inbox"]
    announce = only("Announce")
    assert announce["object"] == heard.uri
    unboost(alice, post=heard)
    assert only("Undo")["object"] == {
        name: announce[name] for name in announce if name not in {"@context", "published", "proof"}
    }
    assert inboxes("Undo") == inboxes("Announce")


def test_only_the_author_hears_of_thanks(alice: Actor, dora: Actor) -> None:
    makers.follows(makers.far_person("ann", domain="ann.example"), alice)
    all_has_arrived()
    heard = makers.far_post(dora)
    like(alice, post=heard)
    unlike(alice, post=heard)
    like(alice, post=heard)
    kinds = [(row["type"], row["id"]) for row in said_to(FAR)]
    assert [kind for kind, _ in kinds] == ["Like", "Undo", "Like"]
    assert len({uri for _, uri in kinds}) == 3, "a second thank-you is another activity"
    assert Delivery.objects.exclude(inbox_url=FAR).count() == 0


def test_asking_to_follow_and_ending_it_name_the_same_follow(alice: Actor, dora: Actor) -> None:
    follow(alice, target=dora)
    unfollow(alice, target=dora)
    asked, undone = said_to(FAR)
    assert (asked["type"], asked["object"], undone["type"]) == ("Follow", dora.uri, "Undo")
    assert undone["object"] == {name: value for name, value in asked.items() if name != "@context"}


def test_an_answer_to_a_follow_embeds_it_with_its_own_id(alice: Actor, dora: Actor) -> None:
    follow(dora, target=alice, uri="https://far.example/follows/1")
    (accept,) = said_to(FAR)
    assert accept["type"] == "Accept"
    assert accept["object"] == {
        "id": "https://far.example/follows/1",
        "type": "Follow",
        "actor": dora.uri,
        "object": alice.uri,
        "to": [alice.uri],
    }


def test_a_block_ends_everything_at_the_blocked_ones_server(alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    makers.follows(dora, alice)
    all_has_arrived()
    block(alice, blocked=dora)
    assert {str(row["type"]) for row in said_to(FAR)} == {"Undo", "Reject", "Block"}
    all_has_arrived()
    unblock(alice, blocked=dora)
    (undo,) = said_to(FAR)
    assert undo["object"]["type"] == "Block"  # type: ignore[index]


def test_followers_see_a_changed_profile_and_a_new_handle(alice: Actor, followers: list[Actor]) -> None:
    write_profile(alice, words=ProfileWords("Alice Marram", aim="Asking better questions."))
    rename_handle(alice, handle="marram")
    assert inboxes("Update") == [FAR, "https://small.example/people/sam/inbox"], "only the newest is worth sending"
    (update,) = said_to(FAR)
    profile = update["object"]
    assert isinstance(profile, dict)
    assert (profile["preferredUsername"], profile["name"]) == ("marram", "Alice Marram")


def test_between_people_here_nothing_is_owed(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    said = makers.post(alice)
    like(bob, post=said)
    boost(bob, post=said)
    makers.answer(bob, said)
    block(alice, blocked=bob)
    assert not Activity.objects.exists()
    assert Post.objects.count() == 2
