"""Mastodon.py keeps what is one's own alone: notes, hashtags, places in a list, servers one does not hear."""

import pytest
from mastodon import MastodonNotFoundError

from tests.peers.apps.called import Cast, calls

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]


@calls("account_note_set")
def test_a_note_about_somebody_is_ones_own(cast: Cast) -> None:
    bob = cast.bob.me()
    assert cast.alice.account_note_set(bob, "Lent me the ladder.").note == "Lent me the ladder."
    assert cast.alice.account_relationships(bob)[0].note == "Lent me the ladder."
    assert cast.carol.account_relationships(bob)[0].note == ""
    assert cast.alice.account_note_set(bob, "").note == ""


@calls("tag", "tag_follow", "tag_unfollow", "followed_tags")
def test_a_hashtag_is_followed(cast: Cast) -> None:
    assert cast.erin.tag("windmill").following is False
    assert cast.erin.tag_follow("windmill").following is True
    assert [tag.name for tag in cast.erin.followed_tags()] == ["windmill"]
    said = cast.bob.status_post("A #windmill turns.", visibility="public")
    assert said.id in {post.id for post in cast.erin.timeline_home()}
    assert cast.erin.tag_unfollow("windmill").following is False
    assert cast.erin.followed_tags() == []


@calls(
    "featured_tags",
    "featured_tag_create",
    "featured_tag_delete",
    "featured_tag_suggestions",
    "tag_feature",
    "tag_unfeature",
    "account_featured_tags",
)
def test_a_profile_shows_hashtags_first_that_one_chooses(cast: Cast) -> None:
    cast.frank.status_post("A #dovecote.", visibility="public")
    assert "dovecote" in {tag.name for tag in cast.frank.featured_tag_suggestions()}
    chosen = cast.frank.featured_tag_create("dovecote")
    assert chosen.name == "dovecote"
    assert [tag.name for tag in cast.frank.featured_tags()] == ["dovecote"]
    assert [tag.name for tag in cast.bob.account_featured_tags(cast.frank.me())] == ["dovecote"]
    cast.frank.featured_tag_delete(chosen)
    assert cast.frank.featured_tags() == []
    assert cast.frank.tag_feature("dovecote").featuring is True
    assert cast.frank.tag_unfeature("dovecote").featuring is False


@calls("markers_set", "markers_get")
def test_how_far_one_has_read_is_kept(cast: Cast) -> None:
    said = cast.alice.status_post("Read up to here.", visibility="public")
    assert str(cast.alice.markers_set(["home"], [said])["home"].last_read_id) == str(said.id)
    assert str(cast.alice.markers_get(["home"])["home"].last_read_id) == str(said.id)


@calls("domain_block", "domain_unblock", "domain_blocks")
def test_a_whole_server_is_not_heard(cast: Cast) -> None:
    cast.alice.domain_block("loud.example")
    assert list(cast.alice.domain_blocks()) == ["loud.example"]
    assert cast.bob.domain_blocks() == []
    cast.alice.domain_unblock("loud.example")
    assert cast.alice.domain_blocks() == []


@calls("status_mute", "status_unmute")
def test_a_conversation_is_not_told_any_more(cast: Cast) -> None:
    said = cast.carol.status_post("A long story begins.", visibility="public")
    assert cast.carol.status_mute(said).muted is True
    cast.carol.notifications_clear()
    cast.bob.status_reply(said, "And goes on.", visibility="public")
    assert cast.carol.notifications() == []
    assert cast.carol.status_unmute(said).muted is False


@calls("conversations", "conversations_read")
def test_words_for_named_people_stand_in_conversations(cast: Cast) -> None:
    said = cast.bob.status_post("@erin Only between us.", visibility="direct")
    newest = cast.erin.conversations()[0]
    assert (newest.last_status.id, newest.unread) == (said.id, True)
    assert [who.acct for who in newest.accounts] == ["bob"]
    assert cast.erin.conversations_read(newest).unread is False
    assert said.id not in {each.last_status.id for each in cast.carol.conversations()}


@calls("filter_create", "filter", "filters", "filter_update", "filter_delete")
def test_filters_of_the_first_kind_are_those_of_the_second(cast: Cast) -> None:
    made = cast.frank.filter_create("sleet", ["home"], whole_word=True)
    assert (made.phrase, made.context, made.whole_word) == ("sleet", ["home"], True)
    assert [each.phrase for each in cast.frank.filters()] == ["sleet"]
    assert cast.frank.filter_update(made, phrase="hail").phrase == "hail"
    assert cast.frank.filter(made).phrase == "hail"
    cast.frank.filter_delete(made)
    assert cast.frank.filters() == []
    with pytest.raises(MastodonNotFoundError):
        cast.frank.filter(made)


@calls("profile", "profile_update")
def test_a_profile_is_read_and_changed_as_it_was_typed(cast: Cast) -> None:
    assert cast.carol.profile_update(display_name="Carol Mar", note="Counts *birds*.").note == "Counts *birds*."
    assert (cast.carol.profile().display_name, cast.carol.profile().note) == ("Carol Mar", "Counts *birds*.")
    cast.carol.profile_update(display_name="Carol", note="")


@calls("report")
def test_a_report_is_heard(cast: Cast) -> None:
    said = cast.frank.status_post("Something unkind.", visibility="public")
    told = cast.bob.report(cast.frank.me(), status_ids=[said], comment="This hurts.", category="other")
    assert (told.action_taken, told.comment, told.target_account.acct) == (False, "This hurts.", "frank")
    assert [str(number) for number in told.status_ids] == [str(said.id)]


@calls("status_quotes", "status_quote_revoke", "status_update_quote_approval_policy")
def test_a_quote_shows_what_its_author_agrees_to_and_no_longer(cast: Cast) -> None:
    said = cast.alice.status_post("Quote me.", visibility="public")
    asked = cast.alice.status_update_quote_approval_policy(said, "public")
    assert asked.quote_approval.automatic == ["public"]
    quoting = cast.bob.status_post("She said it.", visibility="public", quoted_status_id=said.id)
    assert (quoting.quote.state, quoting.quote.quoted_status.id) == ("accepted", said.id)
    assert [post.id for post in cast.alice.status_quotes(said)] == [quoting.id]
    assert cast.alice.status_quote_revoke(said, quoting).quote.state == "revoked"
    assert cast.carol.status(quoting).quote.quoted_status is None
    assert cast.alice.status_quotes(said) == []


@calls("instance_extended_description", "instance_translation_languages", "timeline_is_available")
def test_the_server_says_more_about_itself(cast: Cast) -> None:
    assert cast.stranger().instance_extended_description().content
    assert cast.stranger().instance_translation_languages() == {}
    assert cast.stranger().timeline_is_available("public") is True
