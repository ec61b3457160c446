"""Mastodon.py chooses of whom one hears, reads several of a kind as one, and lets a device be told."""

import pytest
from mastodon import MastodonNotFoundError

from tests.peers.apps.called import Cast, calls

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]


@calls(
    "grouped_notifications",
    "grouped_notification",
    "grouped_notification_accounts",
    "unread_grouped_notifications_count",
    "dismiss_grouped_notification",
)
def test_thanks_of_several_are_told_as_one(cast: Cast) -> None:
    erin = cast.erin
    erin.notifications_clear()
    said = erin.status_post("Bread is baked.", visibility="public")
    cast.bob.status_favourite(said)
    cast.carol.status_favourite(said)
    told = erin.grouped_notifications()
    (group,) = told.notification_groups
    assert (group.type, group.notifications_count, str(group.status_id)) == ("favourite", 2, str(said.id))
    assert [post.id for post in told.statuses] == [said.id]
    assert {who.acct for who in erin.grouped_notification_accounts(group.group_key)} == {"bob", "carol"}
    assert erin.grouped_notification(group.group_key).notification_groups[0].group_key == group.group_key
    assert erin.unread_grouped_notifications_count() == 1
    erin.dismiss_grouped_notification(group.group_key)
    assert erin.grouped_notifications().notification_groups == []


@calls(
    "notifications_policy",
    "update_notifications_policy",
    "notification_requests",
    "notification_request",
    "accept_notification_request",
    "dismiss_notification_request",
    "accept_multiple_notification_requests",
    "dismiss_multiple_notification_requests",
    "notifications_merged",
)
def test_whoever_one_does_not_follow_waits_if_one_wants_that(cast: Cast) -> None:
    frank = cast.frank
    assert frank.update_notifications_policy(for_not_following="filter").for_not_following == "filter"
    assert frank.notifications_policy().for_not_following == "filter"
    said = frank.status_post("Who knows this bird?", visibility="public")
    for app in (cast.alice, cast.bob, cast.carol, cast.erin):
        app.status_reply(said, "I do.", visibility="public")
    waiting = {request.account.acct: request for request in frank.notification_requests()}
    assert {"alice", "bob", "carol", "erin"} <= set(waiting)
    assert frank.notification_request(waiting["alice"]).account.acct == "alice"
    frank.accept_notification_request(waiting["alice"])
    frank.accept_multiple_notification_requests([waiting["bob"]])
    frank.dismiss_notification_request(waiting["carol"])
    frank.dismiss_multiple_notification_requests([waiting["erin"]])
    assert frank.notifications_merged() is True
    assert not {"alice", "bob", "carol", "erin"} & {each.account.acct for each in frank.notification_requests()}
    assert {"alice", "bob"} <= {one.account.acct for one in frank.notifications()}
    frank.update_notifications_policy(for_not_following="accept")


@calls("push_subscription_set", "push_subscription", "push_subscription_update", "push_subscription_delete")
def test_a_device_is_told_what_it_asks_for(cast: Cast) -> None:
    _, keys = cast.carol.push_subscription_generate_keys()
    made = cast.carol.push_subscription_set("https://push.example/carol", keys, mention_events=True)
    assert (made.endpoint, made.alerts.mention, made.alerts.favourite) == ("https://push.example/carol", True, False)
    assert cast.carol.push_subscription().server_key == cast.carol.instance_v2().configuration.vapid.public_key
    assert cast.carol.push_subscription_update(mention_events=False, favourite_events=True).alerts.favourite is True
    cast.carol.push_subscription_delete()
    with pytest.raises(MastodonNotFoundError):
        cast.carol.push_subscription()
