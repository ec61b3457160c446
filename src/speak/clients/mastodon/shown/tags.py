"""Hashtags, as an app sees them."""

from collections.abc import Iterable

from speak.clients.mastodon.entities.tags import FeaturedTag, Tag
from speak.identity.models import Actor
from speak.voice.models import ShownTag
from speak.voice.queries import names_of_followed_tags, shown_tags_of
from speak.voice.tags import page_of_tag


def shown_tags(viewer: Actor | None, names: Iterable[str]) -> list[Tag]:
    """Hashtags, and whether the viewer hears them and shows them."""
    followed = set(names_of_followed_tags(viewer)) if viewer else set()
    featured = {tag.name.lower() for tag in shown_tags_of(viewer)} if viewer else set()
    return [
        Tag(
            id=name.lower(),
            name=name,
            url=page_of_tag(name),
            following=name.lower() in followed,
            featuring=name.lower() in featured,
        )
        for name in names
    ]


def shown_featured(tag: ShownTag) -> FeaturedTag:
    """A hashtag on somebody's profile, with the page where what they say of it stands."""
    return FeaturedTag(id=str(tag.pk), name=tag.name, url=page_of_tag(tag.name))
