"""everything.json: all that this place knows of somebody and that is theirs, in our own words; private papers too."""

from collections.abc import Iterator

import msgspec
from django.conf import settings

from speak.clients.archive.posts import batches, media_name
from speak.federation.looking_up.asking import kept_looks
from speak.federation.models import MentionState
from speak.federation.webmention.keeping import blocked_sites, kept_of
from speak.identity import queries
from speak.identity.domains.queries import domain_of
from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.queries import programmes_of, rooms_named, rooms_of, steps_of, stories_of
from speak.voice.models import Draft, Media, Post, PostKind
from speak.voice.queries import (
    addresses_kept_by,
    addresses_liked_by,
    addresses_passed_on_by,
    chosen_by,
    drafts_of,
    filters_of,
)
from speak.voice.reach import Reach

FORMAT = "https://speak-for-yourself.example/archive/1"
Json = dict[str, object]


def everything(owner: Actor) -> Iterator[bytes]:
    """One JSON object, written as it goes: the posts last, since they are most of it."""
    head = {"format": FORMAT, "made_at": clock.now(), "made_by": settings.SPEAK_URL, **_person(owner), **_around(owner)}
    yield msgspec.json.encode(head)[:-1] + b',"posts":['
    is_first = True
    for batch in batches(owner):
        rooms = rooms_named(owner, [post.room for post in batch if post.room])
        for post in batch:
            yield (b"" if is_first else b",") + msgspec.json.encode(_post(post, rooms))
            is_first = False
    yield b"]}"


def _person(owner: Actor) -> Json:
    return {
        "person": {
            "address": owner.address,
            "domain": owned.name if (owned := domain_of(owner)) else "",
            "uri": owner.uri,
            "name": owner.name,
            "aim": owner.aim,
            "picture_description": owner.picture_description,
            "approves_followers": owner.approves_followers,
            "is_listed": owner.is_listed,
            "quoting": owner.quoting,
            "said_by_apps": owner.user.said_by_apps if owner.user else "",
            "veils_pictures": bool(owner.user and owner.user.veils_pictures),
            "also_known_as": owner.also_known_as,
            "attribution_domains": owner.attribution_domains,
            "since": owner.created_at,
        },
        "places": [{"label": link.label, "url": link.url or link.words} for link in owner.links.all()],
        "shelf": [
            {
                "title": thing.title,
                "sentence": thing.sentence,
                "picture": media_name(thing.picture) if thing.picture else "",
                "picture_description": thing.picture_description,
            }
            for thing in owner.shelf.all()
        ],
        "follows": [actor.address for actor in queries.followed_by(owner)],
        "followers": [actor.address for actor in queries.followers_of(owner)],
        "blocks": [actor.address for actor in queries.blocked_by(owner)],
        "mutes": [actor.address for actor in queries.muted_by(owner)],
        "lists": [
            {"title": known.title, "people": [member.actor.address for member in known.members.all()]}
            for known in queries.lists_of(owner).prefetch_related("members__actor")
        ],
    }


def _around(owner: Actor) -> Json:
    return {
        "chosen": [{"post": uri, "answer": title} for uri, title in chosen_by(owner)],
        "thanked": list(addresses_liked_by(owner)),
        "kept": list(addresses_kept_by(owner)),
        "passed_on": list(addresses_passed_on_by(owner)),
        "drafts": [_draft(draft) for draft in drafts_of(owner).prefetch_related("people")],
        "filters": [
            {"title": known.title, "words": [word.keyword for word in known.keywords.all()]}
            for known in filters_of(owner)
        ],
        "sites_not_heard": blocked_sites(owner),
        "said_by_sites": [
            {"from": each.source_url, "to": each.target_url, "is_shown": each.state == MentionState.SHOWN}
            for each in kept_of(owner)
        ],
        "looked_up": [
            {"asked_at": look.asked_at, "addresses": look.addresses, "places": look.places}
            for look in kept_looks(owner)
        ],
        "rooms": [{"name": room.name, "purpose": room.purpose, "since": room.opened_at} for room in rooms_of(owner)],
        "practices": [
            {"practice": step.practice, "state": step.state, "paper": step.paper, "changed_at": step.changed_at}
            for step in steps_of(owner)
        ],
        "programmes": [{"title": made.title, "source": made.source} for made in programmes_of(owner)],
        "stories": [
            {"title": story.title, "source": story.source, "told_at": story.told_at} for story in stories_of(owner)
        ],
    }


def _post(post: Post, rooms: dict[int, str]) -> Json:
    return {
        "uri": post.uri,
        "url": post.url,
        "kind": post.kind,
        "title": post.title,
        "source": post.source,
        "html": post.html,
        "summary": post.summary,
        "is_sensitive": post.is_sensitive,
        "language": post.language,
        "wants": post.wants,
        "audience": Reach(post.reach).name.lower(),
        "room": rooms.get(post.room, ""),
        "readers": [reader.actor.address for reader in post.readers.all()],
        "answers": post.in_reply_to_uri,
        "names": [mention.actor.address for mention in post.mentions.all()],
        "tags": [tag.name for tag in post.tags.all()],
        "said_at": post.said_at,
        "edited_at": post.edited_at,
        "earlier": [
            {"title": each.title, "source": each.source, "summary": each.summary, "said_at": each.said_at}
            for each in post.revisions.all()
        ],
        "media": [_media(item) for item in post.media.all()],
        "poll": _poll(post),
    }


def _poll(post: Post) -> Json | None:
    """Answers that others chose from, and how often; who chose what is nobody's to take along."""
    if post.kind != PostKind.QUESTION or not hasattr(post, "poll"):
        return None
    return {
        "options": [{"title": option.title, "chosen": option.chosen} for option in post.poll.options.all()],
        "is_multiple": post.poll.is_multiple,
        "people": post.poll.people,
        "ends_at": post.poll.ends_at,
    }


def _draft(draft: Draft) -> Json:
    return {
        "title": draft.title,
        "source": draft.source,
        "summary": draft.summary,
        "language": draft.language,
        "audience": Reach(draft.reach).name.lower(),
        "people": [person.address for person in draft.people.all()],
        "answers": draft.in_reply_to.uri if draft.in_reply_to else draft.answers_url,
        "poll": draft.poll,
        "held_until": draft.held_until,
        "changed_at": draft.changed_at,
        "media": [_media(item) for item in draft.media.all()],
    }


def _media(item: Media) -> Json:
    return {
        "file": media_name(item.token) if item.token else "",
        "media_type": item.media_type,
        "description": item.description,
        "width": item.width,
        "height": item.height,
        "focus": [item.focus_x, item.focus_y],
    }
