"""Mastodon.py reads timelines page by page, keeps lists, searches."""

import pytest
from mastodon import MastodonNotFoundError

from tests.peers.apps.called import Cast, calls
from tests.running import Home, until

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]


@calls("timeline_home", "timeline", "fetch_next", "fetch_previous", "fetch_remaining", "get_pagination_info")
def test_home_is_read_page_by_page_in_the_order_of_time(cast: Cast) -> None:
    cast.erin.account_follow(cast.carol.me())
    said = [cast.carol.status_post(f"Number {number}.", visibility="public").id for number in range(5)]
    newest = cast.erin.timeline_home(limit=2)
    assert [post.id for post in newest] == [said[4], said[3]]
    place = cast.erin.get_pagination_info(newest, "next")
    assert place is not None
    assert str(place["max_id"]) == str(said[3])
    older = cast.erin.fetch_next(newest)
    assert [post.id for post in older or ()] == [said[2], said[1]]
    assert [post.id for post in cast.erin.fetch_previous(older) or ()] == [said[4], said[3]]
    everything = [post.id for post in cast.erin.fetch_remaining(cast.erin.timeline(limit=2))]
    assert everything[:5] == said[::-1]
    assert [post.id for post in cast.erin.timeline_home(min_id=said[0], limit=2)] == [said[2], said[1]]
    cast.erin.account_unfollow(cast.carol.me())


@calls("timeline_public", "timeline_local", "timeline_hashtag")
def test_what_is_said_to_anyone_is_in_the_timelines_for_anyone(cast: Cast) -> None:
    said = cast.bob.status_post("A #lantern for all.", visibility="public")
    quiet = cast.bob.status_post("A #lantern for few.", visibility="unlisted")
    closed = cast.bob.status_post("A #lantern for followers.", visibility="private")
    for posts in (cast.alice.timeline_public(), cast.alice.timeline_local()):
        ids = {post.id for post in posts}
        assert said.id in ids
        assert not {quiet.id, closed.id} & ids
    assert [post.id for post in cast.alice.timeline_hashtag("lantern")] == [said.id]
    assert cast.alice.timeline_hashtag("lantern", only_media=True) == []
    assert all("@" in post.account.acct for post in cast.alice.timeline_public(remote=True))
    assert said.id in {post.id for post in cast.stranger().timeline_public()}


@calls(
    "list_create",
    "list",
    "lists",
    "list_update",
    "list_accounts",
    "list_accounts_add",
    "list_accounts_delete",
    "list_delete",
    "account_lists",
    "timeline_list",
)
def test_a_list_holds_people_and_what_they_say(cast: Cast) -> None:
    frank = cast.frank
    bob = cast.bob.me()
    frank.account_follow(bob)
    friends = frank.list_create("Friends", replies_policy="followed")
    assert (friends.title, friends.replies_policy) == ("Friends", "followed")
    assert frank.list_update(friends, "Neighbors", replies_policy="none").title == "Neighbors"
    assert frank.list(friends).replies_policy == "none"
    assert "Neighbors" in {each.title for each in frank.lists()}
    frank.list_accounts_add(friends, [bob])
    assert [who.acct for who in frank.list_accounts(friends)] == ["bob"]
    assert [each.id for each in frank.account_lists(bob)] == [friends.id]
    said = cast.bob.status_post("For the neighbors.", visibility="public")
    assert frank.timeline_list(friends)[0].id == said.id
    frank.list_accounts_delete(friends, [bob])
    assert frank.list_accounts(friends) == []
    frank.list_delete(friends)
    with pytest.raises(MastodonNotFoundError):
        frank.list(friends)
    frank.account_unfollow(bob)


@calls("search", "search_v2")
def test_people_words_and_hashtags_are_found(cast: Cast) -> None:
    said = cast.alice.status_post("The quince tree by the #orchard.", visibility="public")
    cast.bob.status_post("The quince tree, for nobody else.", visibility="private")
    assert [who.acct for who in cast.bob.search("carol", result_type="accounts").accounts] == ["carol"]
    found = until(lambda: cast.carol.search_v2("quince", resolve=False, result_type="statuses").statuses)
    assert [post.id for post in found] == [said.id]
    assert [tag.name for tag in cast.bob.search("#orchard", result_type="hashtags").hashtags] == ["orchard"]
    assert cast.stranger().search("quince", resolve=False).statuses == []


@calls("search", "account_search", "account_follow", "status_reply")
def test_somebody_far_away_is_found_followed_heard_and_answered(cast: Cast, far: Home) -> None:
    address = f"dora@{far.domain}"
    (dora,) = cast.alice.search(f"@{address}", result_type="accounts").accounts
    assert dora.acct == address
    assert cast.alice.account_search(f"@{address}", resolve=True)[0].id == dora.id
    cast.alice.account_follow(dora)
    until(lambda: cast.alice.account_relationships(dora)[0].following, says="never accepted")

    there = cast.at(far, "dora")
    said = there.status_post("Fog on the far shore.", visibility="public")
    heard = until(lambda: [post for post in cast.alice.timeline_home() if post.uri == said.uri], says="never heard")[0]
    assert heard.account.acct == address
    cast.alice.status_reply(heard, "Sun on this one.")
    told = until(
        lambda: [one for one in there.notifications(types=["mention"]) if "Sun on this" in one.status.content],
        says="never answered",
    )
    assert told[0].account.acct == f"alice@{cast.home.domain}"
    (found,) = cast.bob.search(said.url, result_type="statuses").statuses
    assert found.uri == said.uri
