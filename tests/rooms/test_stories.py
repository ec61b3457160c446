"""Stories are told with the words of others, and with their consent, which they can take back."""

import re

import pytest

from speak.federation.models import Activity, Delivery
from speak.identity.models import Actor, Notification
from speak.kernel import clock
from speak.rooms.actions import (
    StoryWords,
    answer_about_words,
    ask_for_words,
    choose_words,
    leave_words_out,
    take_words_back,
    tell_story,
    write_story,
)
from speak.rooms.errors import ChangedMeanwhile, NotAgreed, Unfit
from speak.rooms.models import Quotation, QuotationState, Story
from speak.rooms.queries import quotation_by_token, stories_told
from speak.rooms.telling import digest_of
from speak.voice.actions import IncomingPost, Words, edit_post, receive_edit, withdraw_post
from speak.voice.errors import NotThere
from speak.voice.models import Post
from speak.voice.queries import posts_found, readable_by
from speak.voice.queries.timelines import Window
from speak.voice.reach import Reach
from tests import makers
from tests.rooms.test_members import say

pytestmark = pytest.mark.django_db
SAID = "I asked because nobody else did."


def begun(teller: Actor, post: Post, *, reach: Reach = Reach.HERE, excerpt: str = SAID) -> tuple[Story, Quotation]:
    """A story with words of a post in it."""
    story = write_story(teller, words=StoryWords("How it began", "On Tuesday somebody asked.", reach))
    quotation = choose_words(teller, story=story, post_id=post.pk, excerpt=excerpt)
    return Story.objects.get(pk=story.pk), quotation


def agree(quotation: Quotation) -> None:
    """Its author says yes to the story as it stands now."""
    story = Story.objects.get(pk=quotation.story_id)
    answer_about_words(quotation.author, quotation=quotation, agrees=True, seen=digest_of(story, quotation))


def told(teller: Actor, post: Post, *, reach: Reach = Reach.HERE) -> tuple[Post, Quotation]:
    """A story whose words their author agreed to, and the article that came of it."""
    story, quotation = begun(teller, post, reach=reach)
    ask_for_words(teller, story=story)
    agree(quotation)
    return tell_story(teller, story=story), quotation


def test_a_story_is_an_article_with_the_words_of_others_in_it(alice: Actor, bob: Actor, carol: Actor) -> None:
    said = say(bob, makers.room(alice, bob), SAID)
    article, _ = told(alice, said)
    assert (article.author, article.title, article.reach) == (alice, "How it began", Reach.HERE)
    assert SAID in article.html
    assert "<blockquote>" in article.html
    assert f'href="{bob.url}"' in article.html
    assert list(stories_told(carol)) == [Story.objects.get()]
    assert not readable_by(carol).filter(pk=said.pk).exists()


def test_nothing_is_told_before_everybody_has_agreed(alice: Actor, bob: Actor) -> None:
    story, quotation = begun(alice, say(bob, makers.room(alice, bob), SAID))
    with pytest.raises(NotAgreed, match="Bob"):
        tell_story(alice, story=story)
    ask_for_words(alice, story=story)
    asked = Notification.objects.get(recipient=bob, kind="words_asked")
    assert (asked.about, asked.leads_to) == (alice, f"/stories/words/{quotation.pk}")
    with pytest.raises(NotAgreed):
        tell_story(alice, story=story)
    answer_about_words(bob, quotation=quotation, agrees=False)
    with pytest.raises(NotAgreed):
        tell_story(alice, story=story)
    leave_words_out(alice, quotation=quotation)
    assert SAID not in tell_story(alice, story=story).html


@pytest.mark.parametrize("change", ["title", "text", "audience"])
def test_whoever_agreed_is_asked_again_when_anything_changes(alice: Actor, bob: Actor, change: str) -> None:
    story, quotation = begun(alice, say(bob, makers.room(alice, bob), SAID))
    ask_for_words(alice, story=story)
    agree(quotation)
    changed = {
        "title": StoryWords("How it ended", story.source),
        "text": StoryWords(story.title, f"He was wrong.\n\n{story.source}"),
        "audience": StoryWords(story.title, story.source, Reach.PUBLIC),
    }[change]
    story = write_story(alice, words=changed, story=story)
    with pytest.raises(NotAgreed):
        tell_story(alice, story=story)
    ask_for_words(alice, story=story)
    agree(quotation)
    assert SAID in tell_story(alice, story=story).html


@pytest.mark.parametrize("change", ["title", "text", "audience"])
def test_a_yes_is_to_what_was_seen_and_to_nothing_else(alice: Actor, bob: Actor, change: str) -> None:
    story, quotation = begun(alice, say(bob, makers.room(alice, bob), SAID))
    ask_for_words(alice, story=story)
    seen = digest_of(story, quotation)
    changed = {
        "title": StoryWords("How it ended", story.source),
        "text": StoryWords(story.title, f"He was wrong.\n\n{story.source}"),
        "audience": StoryWords(story.title, story.source, Reach.PUBLIC),
    }[change]
    write_story(alice, words=changed, story=story)
    for digest in (seen, ""):
        with pytest.raises(ChangedMeanwhile):
            answer_about_words(bob, quotation=quotation, agrees=True, seen=digest)
    with pytest.raises(NotAgreed):
        tell_story(alice, story=story)
    agree(quotation)
    assert SAID in tell_story(alice, story=story).html


def test_nobody_agrees_for_another(alice: Actor, bob: Actor, carol: Actor) -> None:
    story, quotation = begun(alice, say(bob, makers.room(alice, bob, carol), SAID))
    with pytest.raises(Unfit):
        agree(quotation)
    ask_for_words(alice, story=story)
    for other in (alice, carol):
        with pytest.raises(Unfit):
            answer_about_words(other, quotation=quotation, agrees=True, seen=digest_of(story, quotation))
        with pytest.raises(Unfit):
            take_words_back(other, quotation=quotation)
    quotation.refresh_from_db()
    assert quotation.state == QuotationState.ASKED


def test_only_what_was_said_and_can_be_read_is_used(alice: Actor, bob: Actor, carol: Actor) -> None:
    said = say(bob, makers.room(alice, bob), SAID)
    with pytest.raises(Unfit):
        begun(alice, said, excerpt="I never said this.")
    with pytest.raises(NotThere):
        begun(carol, said)
    _, quotation = begun(alice, said, excerpt="nobody   else\ndid.")
    assert quotation.author == bob


def test_own_words_need_no_asking(alice: Actor) -> None:
    story, quotation = begun(alice, makers.post(alice, SAID))
    assert quotation.state == QuotationState.AGREED
    assert SAID in tell_story(alice, story=story).html


def test_who_takes_their_words_back_leaves_none_behind(alice: Actor, bob: Actor, carol: Actor) -> None:
    article, quotation = told(alice, say(bob, makers.room(alice, bob), SAID))
    edit_post(alice, post=article, words=Words(f"{article.source}\n\nMore.", title=article.title))
    take_words_back(bob, quotation=quotation)
    article.refresh_from_db()
    quotation.refresh_from_db()
    assert SAID not in f"{article.html}{article.source}{quotation.excerpt}"
    assert "taken back by whoever said them" in article.html
    assert "More." in article.html
    assert not article.revisions.exists()
    assert posts_found(carol, "nobody else did", Window()) == []
    assert not Quotation.objects.filter(excerpt__contains=SAID).exists()


@pytest.mark.parametrize("change", ["title", "text", "warning"])
def test_words_leave_a_told_story_that_is_changed_until_their_author_agrees_again(
    alice: Actor, bob: Actor, change: str
) -> None:
    article, quotation = told(alice, say(bob, makers.room(alice, bob), SAID))
    assert SAID not in article.source
    changed = {
        "title": Words(article.source, title="Why he should go"),
        "text": Words(f"He was wrong:\n\n{article.source}", title=article.title),
        "warning": Words(article.source, title=article.title, summary="He was wrong."),
    }[change]
    edit_post(alice, post=article, words=changed)
    article.refresh_from_db()
    quotation.refresh_from_db()
    assert SAID not in article.html
    assert "Bob" not in article.html
    assert not article.revisions.exists()
    assert quotation.state == QuotationState.ASKED
    assert Notification.objects.filter(recipient=bob, leads_to=f"/stories/words/{quotation.pk}").exists()
    agree(quotation)
    article.refresh_from_db()
    assert SAID in article.html
    take_words_back(bob, quotation=quotation)
    article.refresh_from_db()
    assert SAID not in article.html


def test_who_says_no_to_a_changed_story_stays_out_of_it_and_is_asked_no_more(alice: Actor, bob: Actor) -> None:
    article, quotation = told(alice, say(bob, makers.room(alice, bob), SAID))
    edit_post(alice, post=article, words=Words(f"Once.\n\n{article.source}", title=article.title))
    answer_about_words(bob, quotation=quotation, agrees=False)
    edit_post(alice, post=article, words=Words(f"Twice.\n\n{article.source}", title=article.title))
    article.refresh_from_db()
    quotation.refresh_from_db()
    assert quotation.state == QuotationState.DECLINED
    assert SAID not in article.html
    assert "Bob" not in article.html


def test_what_changes_nothing_around_the_words_leaves_them_where_they_are(alice: Actor, bob: Actor) -> None:
    article, quotation = told(alice, say(bob, makers.room(alice, bob), SAID))
    edit_post(alice, post=article, words=Words(article.source, title=article.title, language="en"))
    article.refresh_from_db()
    quotation.refresh_from_db()
    assert SAID in article.html
    assert article.revisions.exists()
    assert quotation.state == QuotationState.AGREED


def test_words_whose_place_is_taken_out_of_a_told_story_are_gone_from_it(alice: Actor, bob: Actor) -> None:
    article, _ = told(alice, say(bob, makers.room(alice, bob), SAID))
    edit_post(alice, post=article, words=Words("Without them.", title=article.title))
    article.refresh_from_db()
    assert "Without them." in article.html
    assert not article.revisions.exists()
    assert not Quotation.objects.exists()


def test_nobody_agrees_to_a_story_that_was_withdrawn(alice: Actor, bob: Actor) -> None:
    article, quotation = told(alice, say(bob, makers.room(alice, bob), SAID))
    edit_post(alice, post=article, words=Words(f"Once.\n\n{article.source}", title=article.title))
    withdraw_post(alice, post=article)
    with pytest.raises(Unfit):
        agree(quotation)
    article.refresh_from_db()
    assert article.html == ""
    assert not Notification.objects.filter(recipient=bob, kind="words_asked").exists()


@pytest.mark.parametrize("deed", ["withdrawn", "edited"])
def test_words_that_are_gone_from_their_post_are_gone_from_the_story(alice: Actor, bob: Actor, deed: str) -> None:
    said = makers.post(bob, SAID)
    article, _ = told(alice, said)
    if deed == "withdrawn":
        withdraw_post(bob, post=said)
    else:
        edit_post(bob, post=said, words=Words("I asked."))
    article.refresh_from_db()
    assert SAID not in article.html


def test_words_of_others_name_nobody_and_make_no_markup(alice: Actor, bob: Actor) -> None:
    sly = "Look @alice <b>here</b> **loud** [x](https://evil.example) #tag"
    said = makers.post(bob, sly)
    story, quotation = begun(alice, said, excerpt="Look @alice <b>here</b> **loud** [x](https://evil.example) #tag")
    ask_for_words(alice, story=story)
    agree(quotation)
    article = tell_story(alice, story=story)
    quote = article.html.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "<b>" not in quote
    assert "<strong>" not in quote
    assert ">x</a>" not in quote
    assert not article.tags.exists()
    assert not article.mentions.exists()


# --- Words from elsewhere ----------------------------------------------------------------------


def asked_elsewhere(alice: Actor, dora: Actor) -> tuple[Story, Quotation, str]:
    """A public story with words of dora's, and the link that only her server got."""
    story, quotation = begun(alice, makers.far_post(dora, f"<p>{SAID}</p>"), reach=Reach.PUBLIC)
    ask_for_words(alice, story=story)
    note = Activity.objects.get(kind="Create")
    token = re.search(r"/stories/consent/([\w-]+)", note.body)
    assert token
    return story, quotation, token[1]


def test_somebody_elsewhere_is_asked_by_a_private_note_of_the_server(alice: Actor, dora: Actor) -> None:
    asked_elsewhere(alice, dora)
    note = Post.objects.get(reach=Reach.NAMED)
    assert note.author.kind == "Application"
    assert not readable_by(alice).filter(pk=note.pk).exists()
    assert readable_by(dora).filter(pk=note.pk).exists()
    assert [delivery.inbox_url for delivery in Delivery.objects.all()] == [dora.best_inbox_url]
    assert not Quotation.objects.exclude(token_hash="").filter(token_hash__in=note.html).exists()


@pytest.mark.parametrize("name", ["Bob @bob", "@bob@home.example", "Alice #tag https://evil.example <b>@bob</b>"])
def test_whoever_a_tellers_name_calls_reads_no_note_of_the_server(
    alice: Actor, bob: Actor, dora: Actor, name: str
) -> None:
    alice.name = name
    alice.save()
    asked_elsewhere(alice, dora)
    note = Post.objects.get(reach=Reach.NAMED)
    assert [reader.actor for reader in note.readers.all()] == [dora]
    assert not readable_by(bob).filter(pk=note.pk).exists()
    assert not note.mentions.exists()
    assert not note.tags.exists()
    assert not Notification.objects.filter(recipient=bob).exists()
    links = re.findall(r'href="([^"]+)"', note.html)
    assert links[0] == alice.url
    assert "/stories/consent/" in links[1]
    assert len(links) == 2


def test_the_address_of_an_author_elsewhere_calls_nobody_in_the_story(alice: Actor, bob: Actor, dora: Actor) -> None:
    dora.url = "https://far.example/dora) @bob [x](https://far.example/"
    dora.save()
    story, quotation, _ = asked_elsewhere(alice, dora)
    agree(quotation)
    article = tell_story(alice, story=story)
    assert not article.mentions.exists()


def test_by_the_link_they_agree_and_take_back_and_every_server_hears(alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    story, _, token = asked_elsewhere(alice, dora)
    agree(quotation_by_token(token))
    article = tell_story(alice, story=story)
    assert SAID in Activity.objects.get(kind="Create", about_uri=article.uri).body
    take_words_back(dora, quotation=quotation_by_token(token))
    update = Activity.objects.get(kind="Update", about_uri=article.uri)
    assert '"forgetsEarlier":true' in update.body
    assert SAID not in update.body
    assert Delivery.objects.filter(activity=update, inbox_url=dora.best_inbox_url).exists()


def test_other_servers_get_a_changed_story_without_the_words_and_their_author_is_asked_anew(
    alice: Actor, dora: Actor
) -> None:
    makers.follows(dora, alice)
    story, quotation, _ = asked_elsewhere(alice, dora)
    agree(quotation)
    article = tell_story(alice, story=story)
    edit_post(alice, post=article, words=Words(f"She was wrong:\n\n{article.source}", title=article.title))
    for update in Activity.objects.filter(kind="Update", about_uri=article.uri):
        if Delivery.objects.filter(activity=update).exists():
            assert "She was wrong" in update.body
            assert '"forgetsEarlier":true' in update.body
            assert SAID not in update.body
    assert Post.objects.filter(reach=Reach.NAMED).count() == 2


def test_another_server_of_ours_keeps_no_earlier_wording_either(alice: Actor, dora: Actor) -> None:
    said = makers.far_post(dora, f"<p>{SAID}</p>")
    for html, forgets in (("<p>First change.</p>", False), ("<p>Taken out.</p>", True)):
        now = clock.now()
        incoming = IncomingPost(
            uri=said.uri, url=said.url, html=html, reach=Reach.PUBLIC, said_at=said.said_at, edited_at=now,
            forgets_earlier=forgets,
        )  # fmt: skip
        receive_edit(dora, incoming=incoming)
        said.refresh_from_db()
        assert said.revisions.exists() != forgets
    assert "Taken out." in said.html
