"""What stands in a feed: words of people here that anyone may read, newest first."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from speak.identity.models import Actor
from speak.identity.queries import actor_called
from speak.kernel.errors import Refusal
from speak.rooms.queries import said_at, the_organisation, the_window
from speak.voice.models import Post
from speak.voice.queries import Window, collection_of, post_for, posts_of, posts_said_in, posts_tagged_here
from speak.voice.reach import Reach

ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A feed before it is written. `author` is whose it is, where it is one person's."""

    title: str
    page_url: str
    description: str
    uid: str
    posts: list[Post]
    author: Actor | None = None

    def version(self) -> str:
        """Changes with every word, and when one is taken back."""
        changed = self.author.changed_at if self.author else ""
        said = ",".join(f"{post.pk}:{post.edited_at}:{post.author.changed_at}" for post in self.posts)
        return hashlib.sha256(f"{changed} {said}".encode()).hexdigest()[:32]


def of_person(handle: str) -> Source:
    """What somebody here announces. Old names lead to it too.

    Raises:
        Http404: nobody here is called so.
    """
    try:
        author = actor_called(None, handle)
    except Refusal as refusal:
        raise Http404 from refusal
    if not author.is_local or author.user_id is None:
        raise Http404
    posts = list(collection_of(None, author).filter(reach=Reach.PUBLIC)[:ENTRIES])
    return Source(author.called, author.url, author.aim, author.uri, posts, author)


def of_tag(name: str) -> Source:
    """What people here announce with this tag; empty where nothing is."""
    tag = name.replace("\0", "").lower()
    url = f"{settings.SPEAK_URL}{reverse('tag', args=[tag])}" if tag else settings.SPEAK_URL
    return Source(f"#{tag}", url, "", url, posts_tagged_here(tag)[:ENTRIES])


def of_window() -> Source:
    """What the people of the weeks announced at the window.

    Raises:
        Http404: there is no window, or it is closed.
    """
    window = the_window()
    if window is None:
        raise Http404
    url = f"{settings.SPEAK_URL}{reverse('window')}"
    return Source(window.name, url, window.sentence, url, _announced_here(said_at(None, window)))


def of_organisation() -> Source:
    """What its people announced, of those who agreed to be gathered; it says nothing itself.

    Raises:
        Http404: there is no organisation.
    """
    organisation = the_organisation()
    if organisation is None:
        raise Http404
    actor, url = organisation.actor, f"{settings.SPEAK_URL}{organisation.path}"
    gathered = [entry.post for entry in posts_of(None, actor, Window(limit=2 * ENTRIES))]
    return Source(actor.called, url, actor.aim, actor.uri, _announced_here(gathered))


def _announced_here(posts: list[Post]) -> list[Post]:
    """Of these, what people here say to anyone, who are not heard less here."""
    announced = (post for post in posts if post.reach == Reach.PUBLIC and post.author.is_local)
    return [post for post in announced if not post.author.is_silenced][:ENTRIES]


def of_thread(handle: str, post_id: int) -> Source:
    """A conversation as a stranger reads it, as far as people here said it.

    Raises:
        Http404: there is no such post that anyone may read, or it was said elsewhere.
    """
    try:
        post = post_for(None, post_id)
    except Refusal as refusal:
        raise Http404 from refusal
    if not post.is_local or not handle:
        raise Http404
    title = post.title or post.author.called
    return Source(title, post.url, "", post.uri, posts_said_in(post)[:ENTRIES])
