"""Stories and the words in them as templates show them."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from speak.identity.models import Actor
from speak.rooms.models import Quotation, Story
from speak.rooms.telling import text_of
from speak.voice import text
from speak.voice.reach import Reach
from speak.voice.sanitize import plain_text
from speak.voice.tags import pages_of_tags
from speak.web.shown.people import ShownPerson, shown_person
from speak.web.shown.posts import cut


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A story in a list."""

    id: int
    title: str
    opening: str
    teller: ShownPerson
    url: str
    told_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ShownQuotation:
    """Words in a story. `state` is one of `QuotationState`."""

    id: int
    author: ShownPerson
    excerpt: str
    state: str
    is_own: bool
    story_title: str
    teller: ShownPerson
    url: str


def shown_story(story: Story) -> ShownStory:
    """One story; told, it leads to the article."""
    return ShownStory(
        id=story.pk,
        title=story.title,
        opening=cut(plain_text(story.post.html)) if story.post else "",
        teller=shown_person(story.teller),
        url=story.post.path if story.post else f"/stories/{story.pk}",
        told_at=story.told_at,
    )


def shown_quotation(viewer: Actor | None, quotation: Quotation) -> ShownQuotation:
    """Words, whose they are, and what they say to it."""
    return ShownQuotation(
        id=quotation.pk,
        author=shown_person(quotation.author),
        excerpt=quotation.excerpt,
        state=quotation.state,
        is_own=viewer is not None and quotation.author_id == viewer.pk,
        story_title=quotation.story.title,
        teller=shown_person(quotation.story.teller),
        url=f"/stories/words/{quotation.pk}",
    )


def preview_of(story: Story, *, shown_to: int | None = None) -> str:
    """The article as it would stand, as HTML; with the words of whoever is asked in their place."""
    source = text_of(story, story.quotations.select_related("author"), shown_to=shown_to)
    here = settings.SPEAK_DOMAIN
    return text.render(source, is_article=True, known={}, tag_url=pages_of_tags(), here=here).html


def readers_of_story(story: Story) -> str:
    """Who will read it, in words, for somebody whose words it uses."""
    name = story.teller.called
    return {
        Reach.ROOM: gettext("the people in a room that %(name)s is in") % {"name": name},
        Reach.HERE: gettext("everyone at %(place)s") % {"place": settings.SPEAK_NAME},
        Reach.FOLLOWERS: gettext("those who follow %(name)s, here and elsewhere") % {"name": name},
        Reach.QUIET: gettext("anyone, here and elsewhere; it is not announced"),
        Reach.PUBLIC: gettext("anyone, anywhere"),
    }.get(Reach(story.reach), str(Reach(story.reach).label))
