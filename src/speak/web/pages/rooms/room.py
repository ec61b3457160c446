"""A room: who is in it, who waits for an answer, the place to write, what is said."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from speak.rooms.actions import agree_to_be_shown, open_earlier
from speak.rooms.queries import memberships_of, room_for, room_with_members
from speak.voice.queries import fill, posts_in_room, unanswered_in_room
from speak.web.forms.compose import ComposeForm
from speak.web.paging import page_of
from speak.web.shown.audiences import names_in_words
from speak.web.shown.posts import shown_posts
from speak.web.shown.rooms import shown_members, shown_room
from speak.web.viewer import signed_in


@login_required
@require_safe
def room(request: HttpRequest, room_id: int) -> HttpResponse:
    """Who can read it, who has no answer yet, the place to write, then the conversation, newest first."""
    viewer = signed_in(request)
    found, memberships = room_with_members(viewer, room_id)
    page = page_of(request, lambda window: posts_in_room(viewer, found.pk, window), id_of=lambda post: post.pk)
    is_first = not page.newer_url
    shown = shown_room(viewer, found)
    unanswered = unanswered_in_room(viewer, found.pk) if is_first and shown.state in {"open", "last_round"} else []
    together = [*unanswered, *page.items]
    fill(together, members=[membership.actor for membership in memberships])
    posts = shown_posts(viewer, together)
    others = [membership.actor.called for membership in memberships if membership.actor_id != viewer.pk]
    may_say = is_first and shown.state in {"open", "last_round"}
    context = {
        "room": shown,
        "members": shown_members(viewer, found, memberships),
        "mine": next(membership for membership in memberships if membership.actor_id == viewer.pk),
        "readers": names_in_words([_("you"), *others]),
        "unanswered": posts[: len(unanswered)],
        "posts": posts[len(unanswered) :],
        "form": ComposeForm(viewer=viewer, room=found) if may_say else None,
        "older_url": page.older_url,
        "newer_url": page.newer_url,
    }
    return render(request, "web/rooms/room.html", context)


@login_required
@require_safe
def people(request: HttpRequest, room_id: int) -> HttpResponse:
    """Who is in a room and who asked them; who else could be made to read it, and what is kept."""
    viewer = signed_in(request)
    found = room_for(viewer, room_id)
    members = shown_members(viewer, found, memberships_of(found))
    return render(request, "web/rooms/people.html", {"room": shown_room(viewer, found), "members": members})


@login_required
@require_POST
def wishes(request: HttpRequest, room_id: int) -> HttpResponse:
    """Whether who comes later may read one's words, and whether the shared screen may show them."""
    viewer = signed_in(request)
    found = room_for(viewer, room_id)
    open_earlier(viewer, room=found, agrees="opens_earlier" in request.POST)
    agree_to_be_shown(viewer, room=found, agrees="is_shown" in request.POST)
    messages.success(request, _("Noted."))
    return redirect("room", found.pk)
