"""What was told to somebody, as the page of notifications shows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from speak.identity.actions.links import page_of_link
from speak.identity.models import Actor, Notification, NotificationKind
from speak.rooms.queries import quiet_among
from speak.voice.models import Post
from speak.voice.queries import emoji_for, readable_by
from speak.web.shown.people import ShownPerson, shown_person
from speak.web.shown.posts import opening_of

TO_ANSWER = frozenset({NotificationKind.REPLY, NotificationKind.MENTION, NotificationKind.FIRST_WORDS})
OF_LINKS = frozenset({NotificationKind.LINK_VERIFIED, NotificationKind.LINK_LOST})


@dataclass(frozen=True, slots=True)
class ShownNotification:
    """Who did what. `url` and `opening` are of the post it is about, if it is about one; `place` is a link's label.

    `may_answer`: somebody spoke to the viewer, where something can be said.
    """

    kind: str
    about: ShownPerson
    created_at: dt.datetime
    is_new: bool
    post_id: int
    url: str
    opening: str
    language: str
    may_answer: bool
    emoji: str = ""
    place: str = ""


def shown_notifications(viewer: Actor, rows: Sequence[Notification]) -> list[ShownNotification]:
    """One query for all posts; what is about a post that the viewer may not read any more is left out.

    One more for other places of the viewer's, where something is told of them; and one for rooms that are quiet.
    """
    ids = {row.post_id for row in rows if row.post_id}
    posts = {post.pk: post for post in readable_by(viewer).filter(pk__in=ids).select_related("author")} if ids else {}
    emoji = emoji_for(viewer, [row.post_id for row in rows if row.kind == NotificationKind.LIKE])
    quiet = quiet_among([post.room for post in posts.values()])
    places = _places_of(viewer) if any(row.kind in OF_LINKS for row in rows) else {}
    return [
        _shown(
            row,
            posts.get(row.post_id),
            quiet=quiet,
            emoji=emoji.get((row.about_id, row.post_id), ""),
            place=places.get(row.leads_to, ""),
        )
        for row in rows
        if not row.post_id or row.post_id in posts
    ]


def _places_of(viewer: Actor) -> dict[str, str]:
    """What the viewer calls their other places, by the page that says what was found there."""
    return {page_of_link(link.pk): link.label for link in viewer.links.all()}


def _shown(row: Notification, post: Post | None, *, quiet: set[int], emoji: str, place: str) -> ShownNotification:
    return ShownNotification(
        kind=row.kind,
        about=shown_person(row.about),
        created_at=row.created_at,
        is_new=row.seen_at is None,
        post_id=row.post_id,
        url=post.path if post else row.leads_to,
        opening=opening_of(post) if post else "",
        language=post.language if post else "",
        may_answer=post is not None and row.kind in TO_ANSWER and post.room not in quiet,
        emoji=emoji,
        place=place,
    )
