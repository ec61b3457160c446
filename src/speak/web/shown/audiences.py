"""Who can read a post, in words: the sentence beside it (promise 5)."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext

from speak.identity.models import Actor
from speak.voice.models import Post
from speak.voice.queries import said_of_it_first
from speak.voice.reach import Reach

MOST_NAMES = 6


def audience_in_words(viewer: Actor | None, post: Post, *, whole: bool = False) -> str:
    """Who can read this, said to somebody who can. `whole` names everybody, however many there are."""
    if post.reach == Reach.FOLLOWERS:
        return _followers_in_words(viewer, post)
    if post.reach == Reach.ROOM:
        within = {reader.actor.pk: reader.actor for reader in post.readers.all()} | {post.author_id: post.author}
        return gettext("In a room: only %(names)s") % {"names": _names(viewer, list(within.values()))}
    if post.reach == Reach.NAMED:
        readers = [reader.actor for reader in post.readers.all()]
        return _readers_in_words(viewer, [post.author, *readers], whole=whole)
    words = {
        Reach.PUBLIC: gettext("Anyone, anywhere"),
        Reach.QUIET: gettext("Anyone, but not announced"),
        Reach.HERE: gettext("Everyone at %(place)s") % {"place": settings.SPEAK_NAME},
        Reach.SELF: gettext("Only you"),
    }
    return words[Reach(post.reach)]


def audience_sentence(viewer: Actor | None, post: Post) -> str:
    """The same as a whole sentence, and with every name, for the page of the post itself."""
    if post.reach == Reach.QUIET:
        return gettext("Anyone can read this; it is not announced.")
    return gettext("%(who)s can read this.") % {"who": audience_in_words(viewer, post, whole=True)}


def first_audience(viewer: Actor | None, post: Post) -> str:
    """For whom the viewer said this at an earlier home, where that cannot be so here; else nothing."""
    said = said_of_it_first(viewer, post) if viewer and viewer.pk == post.author_id else {}
    if said.get("room"):
        return gettext("At an earlier home of yours it was said in the room “%(room)s”.") % {"room": said["room"]}
    if said.get("audience") == "named" and said.get("readers"):
        names = names_in_words([str(name) for name in said["readers"]])
        return gettext("At an earlier home of yours it was said to %(names)s.") % {"names": names}
    if said.get("audience") == "here":
        return gettext("At an earlier home of yours it was said to everyone there.")
    return ""


def audience_to_be(reach: Reach, people: Sequence[str], *, stays_in_thread: bool) -> str:
    """Who will be able to read what is not said yet; `people` are the names of those it is for."""
    if stays_in_thread:
        return gettext("For those who can read what it answers")
    if reach == Reach.NAMED and people:
        return gettext("For %(names)s") % {"names": names_in_words(people)}
    if reach == Reach.HERE:
        return gettext("Everyone at %(place)s") % {"place": settings.SPEAK_NAME}
    return str(reach.label)


def names_in_words(names: Sequence[str]) -> str:
    """Alice; Alice and Bob; Alice, Bob and Carol."""
    if not names:
        return ""
    if len(names) == 1:
        return names[0]
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _followers_in_words(viewer: Actor | None, post: Post) -> str:
    if viewer and viewer.pk == post.audience_owner_id == post.author_id:
        return gettext("Those who follow you and whoever you name")
    if viewer and viewer.pk == post.audience_owner_id:
        return gettext("Those who follow you and whoever is named here")
    return gettext("Those who follow %(name)s and whoever is named here") % {"name": post.audience_owner.called}


def _readers_in_words(viewer: Actor | None, readers: list[Actor], *, whole: bool) -> str:
    """Always in the same order: rows come back in any."""
    others = _others(viewer, readers)
    if len(others) > MOST_NAMES and not whole:
        names = ", ".join(others[:MOST_NAMES])
        return gettext("Only you, %(names)s and others who are named") % {"names": names}
    return gettext("Only %(names)s") % {"names": _names(viewer, readers)}


def _names(viewer: Actor | None, readers: list[Actor]) -> str:
    """You, and everybody else by name."""
    return names_in_words([gettext("you"), *_others(viewer, readers)])


def _others(viewer: Actor | None, readers: list[Actor]) -> list[str]:
    return sorted(reader.called for reader in readers if viewer is None or reader.pk != viewer.pk)
