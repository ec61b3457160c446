"""Mastodon.py learns what this server is, and gets an honest nothing where there is nothing."""

import time
from typing import Any

import pytest

from tests.peers.apps.called import Cast, calls

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]


@calls("instance", "instance_v1", "instance_v2", "instance_rules", "instance_nodeinfo", "instance_health")
def test_the_server_says_what_it_is(cast: Cast) -> None:
    domain = cast.home.domain
    app = cast.stranger()
    assert (app.instance_v1().uri, app.instance_v2().domain) == (domain, domain)
    assert app.instance().title == app.instance_v2().title == "Speak for Yourself"
    bounds = app.instance_v2().configuration
    assert bounds.statuses.max_characters >= 500
    assert "image/png" in bounds.media_attachments.supported_mime_types
    assert len(app.instance_rules()) >= 3
    assert app.instance_nodeinfo().protocols == ["activitypub"]
    assert app.instance_health() is True


@calls("retrieve_mastodon_version", "verify_minimum_version", "get_approx_server_time")
def test_apps_know_which_methods_to_expect(cast: Cast) -> None:
    app = cast.stranger()
    assert app.retrieve_mastodon_version() == app.instance_v2().version.partition(" ")[0]
    assert app.verify_minimum_version("4.5.0") is True
    assert app.verify_minimum_version("9.0.0") is False
    told: Any = app.get_approx_server_time()
    assert abs(told.timestamp() - time.time()) < 300


@calls("trends", "trending_tags", "trending_statuses", "trending_links", "timeline_link")
def test_nobody_is_ranked(cast: Cast) -> None:
    app = cast.stranger()
    assert [app.trends(), app.trending_tags(), app.trending_statuses(), app.trending_links()] == [[], [], [], []]
    assert app.timeline_link("https://news.example/") == []


@calls("annual_reports", "annual_report_state", "account_collections", "account_in_collections")
def test_nobodys_year_is_counted_and_no_people_are_collected(cast: Cast) -> None:
    alice, bob = cast.alice, cast.bob.me()
    assert alice.annual_reports().annual_reports == []
    assert alice.annual_report_state(2026).state == "ineligible"
    assert [alice.account_collections(bob).collections, alice.account_in_collections(bob).collections] == [[], []]


@calls("instance_peers", "instance_activity", "instance_domain_blocks", "custom_emojis")
def test_what_is_nobodys_business_is_told_to_nobody(cast: Cast) -> None:
    app = cast.stranger()
    assert [app.instance_peers(), app.instance_activity(), app.instance_domain_blocks()] == [[], [], []]
    assert app.custom_emojis() == []


@calls(
    "announcements",
    "suggestions",
    "suggestions_v1",
    "suggestions_v2",
    "account_familiar_followers",
)
def test_what_is_not_here_is_an_honest_nothing_to_somebody_signed_in(cast: Cast) -> None:
    alice, bob = cast.alice, cast.bob.me()
    assert [alice.suggestions(), alice.suggestions_v1(), alice.suggestions_v2()] == [[], [], []]
    assert alice.announcements() == []
    assert all(each.accounts == [] for each in alice.account_familiar_followers(bob))
