"""Mastodon.py finds people, follows, mutes and blocks them, and changes what one shows of oneself."""

import pytest
from mastodon import MastodonNotFoundError

from tests.peers.apps.called import Cast, calls

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]


@calls("account", "accounts", "account_lookup", "account_search", "account_verify_credentials")
def test_somebody_is_found_by_number_name_and_address(cast: Cast) -> None:
    bob = cast.bob.account_verify_credentials()
    assert (bob.acct, bob.display_name) == ("bob", "Bob")
    assert cast.alice.account(bob).url == f"{cast.home.url}/@bob"
    assert cast.alice.account_lookup("bob").id == bob.id
    assert cast.alice.account_lookup(f"bob@{cast.home.domain}").id == bob.id
    assert [who.acct for who in cast.alice.accounts([bob, cast.carol.me()])] == ["bob", "carol"]
    assert bob.id in {who.id for who in cast.alice.account_search("bob")}
    with pytest.raises(MastodonNotFoundError):
        cast.alice.account_lookup("nobody-of-this-name")


@calls("account_update_credentials")
def test_what_one_shows_of_oneself_is_what_others_see(cast: Cast) -> None:
    fields = [("Home", "https://erin.example/"), ("Garden", "https://garden.example/")]
    mine = cast.erin.account_update_credentials(
        display_name="Erin Vale", note="Grows things.", fields=fields, discoverable=True, default_language="de"
    )
    assert (mine.source.note, mine.source.language) == ("Grows things.", "de")
    seen = cast.bob.account(mine)
    assert (seen.display_name, seen.note) == ("Erin Vale", "<p>Grows things.</p>")
    assert [field.name for field in seen.fields] == ["Home", "Garden"]
    assert "https://erin.example/" in seen.fields[0].value
    cast.erin.account_update_credentials(display_name="Erin", note="", fields=[("", "")], default_language="en")
    assert cast.bob.account(mine).fields == []


@calls(
    "account_follow", "account_unfollow", "account_relationships", "account_following", "account_followers", "follows"
)
def test_one_follows_and_no_longer(cast: Cast) -> None:
    alice, bob = cast.alice.me(), cast.bob.me()
    now = cast.alice.account_follow(bob, reblogs=False)
    assert (now.following, now.showing_reblogs, now.requested) == (True, False, False)
    assert cast.bob.account_relationships(alice)[0].followed_by is True
    assert bob.id in {who.id for who in cast.alice.account_following(alice)}
    assert alice.id in {who.id for who in cast.bob.account_followers(bob)}
    assert cast.carol.account_followers(bob) == []
    assert cast.alice.account_unfollow(bob).following is False
    assert cast.alice.follows("bob").id == bob.id
    assert cast.alice.account_relationships([bob])[0].following is True
    cast.alice.account_unfollow(bob)


@calls("account_remove_from_followers")
def test_whoever_follows_can_be_let_go(cast: Cast) -> None:
    alice, bob = cast.alice.me(), cast.bob.me()
    cast.bob.account_follow(alice)
    assert cast.alice.account_remove_from_followers(bob).followed_by is False
    assert cast.bob.account_relationships(alice)[0].following is False


@calls("follow_requests", "follow_request_authorize", "follow_request_reject")
def test_who_decides_on_followers_is_asked_first(cast: Cast) -> None:
    frank = cast.frank.me()
    assert frank.locked is True
    assert cast.carol.account_follow(frank).requested is True
    assert cast.bob.account_follow(frank).requested is True
    assert {who.acct for who in cast.frank.follow_requests()} >= {"bob", "carol"}
    assert cast.frank.follow_request_authorize(cast.carol.me()).followed_by is True
    assert cast.frank.follow_request_reject(cast.bob.me()).followed_by is False
    assert cast.carol.account_relationships(frank)[0].following is True
    asked = cast.bob.account_relationships(frank)[0]
    assert (asked.following, asked.requested) == (False, False)
    cast.carol.account_unfollow(frank)


@calls("account_block", "account_unblock", "blocks")
def test_neither_hears_the_other_who_is_blocked(cast: Cast) -> None:
    erin, frank = cast.erin.me(), cast.frank.me()
    said = cast.frank.status_post("Heard by most.", visibility="public")
    assert cast.frank.account_block(erin).blocking is True
    assert [who.acct for who in cast.frank.blocks()] == ["erin"]
    with pytest.raises(MastodonNotFoundError):
        cast.erin.status(said)
    assert cast.frank.account_unblock(erin).blocking is False
    assert cast.frank.blocks() == []
    assert cast.erin.account(frank).acct == "frank"


@calls("account_mute", "account_unmute", "mutes")
def test_whoever_is_muted_is_not_told(cast: Cast) -> None:
    alice, carol = cast.alice.me(), cast.carol.me()
    now = cast.alice.account_mute(carol, duration=3600)
    assert (now.muting, now.muting_notifications) == (True, True)
    assert [who.acct for who in cast.alice.mutes()] == ["carol"]
    assert cast.carol.account_relationships(alice)[0].muting is False
    assert cast.alice.account_unmute(carol).muting is False
    assert cast.alice.mutes() == []


@calls("account_statuses")
def test_what_somebody_said_comes_as_one_asks_for_it(cast: Cast) -> None:
    carol = cast.carol.me()
    said = cast.carol.status_post("A #sextant.", visibility="public")
    noon = cast.alice.status_post("Noon.", visibility="public")
    answer = cast.carol.status_post("By the clock.", in_reply_to_id=noon, visibility="public")
    boost = cast.carol.status_reblog(noon)
    everything = [post.id for post in cast.bob.account_statuses(carol)]
    assert everything[:3] == [boost.id, answer.id, said.id]
    plain = [post.id for post in cast.bob.account_statuses(carol, exclude_replies=True, exclude_reblogs=True)]
    assert plain[0] == said.id
    assert not {answer.id, boost.id} & set(plain)
    assert [post.id for post in cast.bob.account_statuses(carol, tagged="sextant")] == [said.id]
    with_pictures = {post.id for post in cast.bob.account_statuses(carol, only_media=True)}
    assert not {said.id, answer.id, boost.id} & with_pictures


@calls("directory")
def test_whoever_chose_to_be_seen_is_found_in_the_directory(cast: Cast) -> None:
    assert {"alice", "bob", "carol"} <= {who.acct for who in cast.stranger().directory(limit=40)}


@calls("account_endorse", "account_unendorse", "account_pin", "account_unpin", "endorsements")
def test_one_points_at_people_whom_one_hears(cast: Cast) -> None:
    carol = cast.carol.me()
    cast.frank.account_follow(carol)
    assert cast.frank.account_endorse(carol).endorsed is True
    assert [who.acct for who in cast.frank.endorsements()] == ["carol"]
    assert cast.frank.account_unendorse(carol).endorsed is False
    assert cast.frank.account_pin(carol).endorsed is True
    assert cast.frank.account_unpin(carol).endorsed is False
    assert cast.frank.endorsements() == []
    cast.frank.account_unfollow(carol)


@calls("preferences")
def test_one_speaks_to_those_who_follow_unless_one_says_otherwise(cast: Cast) -> None:
    assert cast.alice.preferences()["posting:default:visibility"] == "private"
