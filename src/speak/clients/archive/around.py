"""What somebody keeps beside their posts: answers without words, drafts, filters, papers; for home.json."""

from typing import Any

import msgspec
from django.db.models import QuerySet

from speak.clients.archive.posts import first_address, first_address_of, media_name
from speak.clients.archive.shape import (
    File,
    Json,
    KeptDraft,
    KeptFilter,
    KeptProgramme,
    Marked,
    Paper,
    Word,
)
from speak.clients.models import Marker
from speak.federation.elsewhere.keeping import places_of
from speak.federation.looking_up.asking import kept_looks
from speak.federation.models import MentionState, SaidElsewhere
from speak.federation.webmention.keeping import blocked_sites, kept_of
from speak.identity.models import Actor
from speak.rooms.queries import programmes_of, rooms_named, steps_of
from speak.voice.actions.drafts import OF_BRINGING
from speak.voice.models import (
    Bookmark,
    Boost,
    Choice,
    Draft,
    FollowedTag,
    Hush,
    Like,
    Media,
    PlaceInThread,
    Rest,
    ShownTag,
)
from speak.voice.queries import drafts_of, filters_of, roots_of
from speak.voice.reach import Reach


def beside_posts(owner: Actor) -> dict[str, Any]:
    """Everything of theirs around what they said."""
    return {
        "thanked": _posts(owner, Like.objects.filter(actor=owner)),
        "kept": _posts(owner, Bookmark.objects.filter(actor=owner)),
        "passed_on": [{"post": uri} for uri in _posts(owner, Boost.objects.filter(actor=owner))],
        "let_rest": [{"post": uri} for uri in _posts(owner, Rest.objects.filter(actor=owner))],
        "chosen": [
            {"post": uri, "answer": title}
            for uri, title in Choice.objects.filter(chooser=owner)
            .order_by("pk")
            .values_list("option__poll__post__uri", "option__title")
        ],
        "followed_tags": _names(FollowedTag.objects.filter(actor=owner)),
        "shown_tags": _names(ShownTag.objects.filter(actor=owner)),
        "filters": [
            KeptFilter(
                title=known.title,
                contexts=known.contexts,
                act=known.act,
                expires_at=known.expires_at,
                words=[Word(keyword=word.keyword, is_whole_word=word.is_whole_word) for word in known.keywords.all()],
                posts=[first_address_of(row.post) for row in known.posts.select_related("post__brought")],
            )
            for known in filters_of(owner)
        ],
        "drafts": drafts(owner),
        "practices": [
            Paper(
                practice=step.practice,
                state=step.state,
                paper=step.paper,
                opens_at=step.opens_at,
                changed_at=step.changed_at,
            )
            for step in steps_of(owner)
        ],
        "programmes": [KeptProgramme(title=made.title, source=made.source) for made in programmes_of(owner)],
        "markers": [
            Marked(timeline=row.timeline, last_read_id=row.last_read_id)
            for row in Marker.objects.filter(actor=owner).order_by("timeline")
        ],
        **_threads(owner),
        **_sites(owner),
    }


def drafts(owner: Actor) -> list[Json]:
    """What is not said yet, last changed first."""
    found = list(
        drafts_of(owner).prefetch_related("people", "look__questions").select_related("quoted", "look__reader")
    )
    rooms = rooms_named(owner, [draft.room for draft in found])
    return [_draft(draft, rooms) for draft in found]


def file_of(item: Media) -> File:
    """A picture or a sound, with its words."""
    return File(
        file=media_name(item.token) if item.token else "",
        media_type=item.media_type,
        description=item.description,
        width=item.width,
        height=item.height,
        focus=(item.focus_x, item.focus_y),
    )


def _draft(draft: Draft, rooms: dict[int, str]) -> Json:
    look = getattr(draft, "look", None)
    found = KeptDraft(
        title=draft.title,
        source=draft.source,
        summary=draft.summary,
        language=draft.language,
        wants=draft.wants,
        quoting=draft.quoting,
        is_sensitive=draft.is_sensitive,
        audience=Reach(draft.reach).name.lower(),
        room=rooms.get(draft.room, ""),
        people=[person.address for person in draft.people.all()],
        answers=first_address_of(draft.in_reply_to) if draft.in_reply_to else draft.answers_url,
        quotes=first_address_of(draft.quoted) if draft.quoted else "",
        poll=draft.poll or {},
        created_at=draft.created_at,
        changed_at=draft.changed_at,
        held_until=draft.held_until,
        shown_to=look.reader.address if look else "",
        questions=[question.words for question in look.questions.all()] if look else [],
        media=[file_of(item) for item in draft.media.all()],
    )
    return {
        **msgspec.to_builtins(found),
        **{name: value for name, value in draft.kept.items() if name not in OF_BRINGING},
    }


def _posts(owner: Actor, rows: QuerySet[Any]) -> list[str]:
    """The addresses of posts, by which each was said first where it is one's own; the earliest first."""
    found = rows.order_by("pk").values_list("post__uri", "post__brought__key", "post__brought__owner")
    return [first_address(uri, key if whose == owner.pk else "") for uri, key, whose in found]


def _names(rows: QuerySet[Any]) -> list[str]:
    return list(rows.order_by("pk").values_list("name", flat=True))


def _threads(owner: Actor) -> dict[str, Any]:
    """Conversations by the address of what began them."""
    hushed = list(Hush.objects.filter(actor=owner).order_by("pk").values_list("thread_id", flat=True))
    read = list(PlaceInThread.objects.filter(actor=owner).order_by("pk"))
    roots = roots_of([*hushed, *(row.thread_id for row in read)])
    return {
        "hushed": [{"thread": roots[thread_id]} for thread_id in hushed if thread_id in roots],
        "read_up_to": [
            {"thread": roots[row.thread_id], "read_up_to": row.read_up_to, "away_up_to": row.away_up_to}
            for row in read
            if row.thread_id in roots
        ],
    }


def _sites(owner: Actor) -> dict[str, Any]:
    """Sites, and places elsewhere: by their addresses. What lets one in there stays here, and is to be renewed."""
    said = SaidElsewhere.objects.filter(post__author=owner, post__withdrawn_at=None).select_related("post")
    return {
        "sites_not_heard": blocked_sites(owner),
        "said_by_sites": [
            {
                "from": each.source_url,
                "to": each.target_url,
                "kind": each.kind,
                "is_shown": each.state == MentionState.SHOWN,
            }
            for each in kept_of(owner)
        ],
        "looked_up": [
            {"asked_at": look.asked_at, "addresses": look.addresses, "places": look.places}
            for look in kept_looks(owner)
        ],
        "heard_elsewhere": [{"kind": place.kind, "name": place.name, "url": place.url} for place in places_of(owner)],
        "said_elsewhere": [
            {"post": each.post.uri, "kind": each.kind, "name": each.name, "url": each.url, "said_at": each.said_at}
            for each in said.order_by("pk")
        ],
    }
