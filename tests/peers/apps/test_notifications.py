"""Mastodon.py is told what awaits somebody, and forgets it when they say so; and it filters."""

import pytest
from mastodon import MastodonNotFoundError

from tests.peers.apps.called import Cast, calls

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]


@calls("notifications", "notifications_unread_count", "notifications_dismiss", "notifications_clear")
def test_what_others_did_is_told_and_forgotten(cast: Cast) -> None:
    frank = cast.frank
    frank.notifications_clear()
    said = frank.status_post("Is anybody there?", visibility="public")
    answer = cast.bob.status_reply(said, "I am.", visibility="public")
    cast.carol.status_favourite(said)
    cast.alice.status_reblog(said)
    told = frank.notifications()
    assert [(one.type, one.account.acct) for one in told] == [
        ("reblog", "alice"),
        ("favourite", "carol"),
        ("mention", "bob"),
    ]
    assert told[2].status.id == answer.id
    assert frank.notifications_unread_count()["count"] == 3
    assert frank.notifications(told[0].id).account.acct == "alice"
    assert [one.type for one in frank.notifications(types=["mention", "favourite"])] == ["favourite", "mention"]
    assert [one.type for one in frank.notifications(exclude_types=["mention", "favourite"])] == ["reblog"]
    assert [one.type for one in frank.notifications(account_id=cast.carol.me())] == ["favourite"]
    frank.notifications_dismiss(told[0])
    assert told[0].id not in {one.id for one in frank.notifications()}
    frank.notifications_clear()
    assert frank.notifications() == []


@calls(
    "create_filter_v2",
    "filters_v2",
    "filter_v2",
    "update_filter_v2",
    "delete_filter_v2",
    "filter_keywords_v2",
    "add_filter_keyword_v2",
    "delete_filter_keyword_v2",
)
def test_a_filter_says_why_a_post_is_set_aside(cast: Cast) -> None:
    made = cast.bob.create_filter_v2(
        "Weather", ["home", "public"], "warn", keywords_attributes=[{"keyword": "drizzle", "whole_word": True}]
    )
    assert (made.title, made.filter_action, made.expires_at) == ("Weather", "warn", None)
    assert [word.keyword for word in cast.bob.filter_keywords_v2(made)] == ["drizzle"]
    more = cast.bob.add_filter_keyword_v2(made, "sleet")
    assert {word.keyword for word in cast.bob.filter_v2(made).keywords} == {"drizzle", "sleet"}
    said = cast.alice.status_post("More sleet.", visibility="public")
    assert [why.keyword_matches for why in cast.bob.status(said).filtered] == [["sleet"]]
    cast.bob.delete_filter_keyword_v2(more)
    assert cast.bob.status(said).filtered == []
    assert cast.bob.update_filter_v2(made, title="Rain", context=["home"], expires_in=3600).title == "Rain"
    assert cast.bob.filters_v2()[0].expires_at is not None
    cast.bob.delete_filter_v2(made)
    with pytest.raises(MastodonNotFoundError):
        cast.bob.filter_v2(made)


@calls("add_filter_status_v2", "filter_statuses_v2", "filter_status_v2", "delete_filter_status_v2")
def test_a_single_post_is_filtered(cast: Cast) -> None:
    said = cast.alice.status_post("Once is enough.", visibility="public")
    made = cast.carol.create_filter_v2("Seen", ["home", "public", "thread"], "hide")
    row = cast.carol.add_filter_status_v2(made, said)
    assert str(row.status_id) == str(said.id)
    assert [each.id for each in cast.carol.filter_statuses_v2(made)] == [row.id]
    assert str(cast.carol.filter_status_v2(row).status_id) == str(said.id)
    assert [why.filter.title for why in cast.carol.status(said).filtered] == ["Seen"]
    cast.carol.delete_filter_status_v2(row)
    assert cast.carol.filter_statuses_v2(made) == []
    cast.carol.delete_filter_v2(made)
