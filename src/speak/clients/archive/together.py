"""What somebody did with others here: rooms, invitations, stories, reports. Of others there are addresses only."""

from typing import Any

from speak.identity.models import Actor
from speak.rooms.models import Group, Invitation, Membership, Quotation, QuotationState, Story, Turn
from speak.safety.models import Decision, Handler
from speak.safety.queries import limits_on, reports_by
from speak.voice.reach import Reach

Json = dict[str, Any]


def together(owner: Actor) -> Json:
    """Sections of home.json that have no life at another home (`shape.LUGGAGE`)."""
    return {
        "rooms": _rooms(owner),
        "met": [
            {
                "room": group.room.name,
                "practice": group.practice,
                "drawn_at": group.drawn_at,
                "with": sorted(actor.address for actor in group.actors.all() if actor != owner),
            }
            for group in Group.objects.filter(actors=owner)
            .select_related("room")
            .prefetch_related("actors")
            .order_by("pk")
        ],
        "invitations": [*_made(owner), *_had(owner)],
        "stories": [_story(story) for story in Story.objects.filter(teller=owner).order_by("pk")],
        "words_in_stories": [
            {
                "story": each.story.title,
                "teller": each.story.teller.address,
                "post": each.post.uri,
                "excerpt": each.excerpt,
                "state": each.state,
                "answered_at": each.answered_at,
            }
            for each in Quotation.objects.filter(author=owner)
            .exclude(story__teller=owner)
            .exclude(asked_at=None)
            .select_related("story__teller", "post")
            .order_by("pk")
        ],
        "weeks_at_the_window": [
            {"window": turn.window.name, "week": turn.week, "accepted_at": turn.accepted_at}
            for turn in Turn.objects.filter(actor=owner).select_related("window").order_by("pk")
        ],
        **_safety(owner),
    }


def _rooms(owner: Actor) -> list[Json]:
    rows = Membership.objects.filter(actor=owner).select_related("room").order_by("pk")
    return [
        {
            "name": row.room.name,
            "purpose": row.room.purpose,
            "joined_at": row.joined_at,
            "left_at": row.left_at,
            "is_host": row.room.host_id == owner.pk,
            "opened_at": row.room.opened_at,
            "ends_at": row.room.ends_at,
            "is_shown": row.is_shown,
            "opens_earlier": row.opens_earlier,
        }
        for row in rows
    ]


def _made(owner: Actor) -> list[Json]:
    rows = Invitation.objects.filter(invited_by=owner).select_related("room", "actor").order_by("pk")
    return [
        {
            "room": row.room.name,
            "name": row.name,
            "address": row.actor.address if row.actor else "",
            "reason": row.reason,
            "email": row.email,
            "created_at": row.created_at,
            "accepted_at": row.accepted_at,
            "declined_at": row.declined_at,
            "withdrawn_at": row.withdrawn_at,
        }
        for row in rows
    ]


def _had(owner: Actor) -> list[Json]:
    """Without the reason, which is in somebody else's words."""
    rows = Invitation.objects.filter(actor=owner).select_related("room", "invited_by").order_by("pk")
    return [
        {
            "room": row.room.name,
            "from": row.invited_by.address,
            "created_at": row.created_at,
            "accepted_at": row.accepted_at,
            "declined_at": row.declined_at,
        }
        for row in rows
    ]


def _story(story: Story) -> Json:
    """With the words of others only where they agreed."""
    agreed = QuotationState.AGREED
    return {
        "title": story.title,
        "source": story.source,
        "audience": Reach(story.reach).name.lower(),
        "created_at": story.created_at,
        "told_at": story.told_at,
        "post": story.post.uri if story.post else "",
        "words": [
            {
                "number": each.pk,
                "author": each.author.address,
                "post": each.post.uri,
                "state": each.state,
                "excerpt": each.excerpt if each.state == agreed else "",
            }
            for each in story.quotations.select_related("author", "post")
        ],
    }


def _safety(owner: Actor) -> Json:
    handler = Handler.objects.filter(actor=owner).first()
    return {
        "reports": [
            {
                "about": report.reported.address,
                "words": report.words,
                "created_at": report.created_at,
                "decided_at": report.decided_at,
                "withdrawn_at": report.withdrawn_at,
            }
            for report in reports_by(owner).select_related("reported")
        ],
        "decisions": [
            {"about": "me", "kind": limit.kind, "reason": limit.reason, "since": limit.since, "until": limit.until}
            for limit in limits_on(owner)
        ]
        + [
            {"about": each.report.reported.address, "kind": each.kind, "why": each.why, "decided_at": each.decided_at}
            for each in Decision.objects.filter(decided_by=owner).select_related("report__reported")
        ],
        "hears_reports": [{"sentence": handler.sentence, "since": handler.accepted_at}] if handler else [],
    }
