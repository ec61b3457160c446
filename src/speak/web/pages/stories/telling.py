"""Reading stories, and telling one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from speak.identity.models import Actor
from speak.kernel.errors import NotFound, Refusal
from speak.rooms.actions import (
    ask_for_words,
    choose_words,
    drop_story,
    leave_words_out,
    tell_story,
    write_story,
)
from speak.rooms.models import Quotation, Story
from speak.rooms.queries import stories_of, stories_told, story_for, told_story_of, words_used_of
from speak.voice.queries import post_for
from speak.voice.reach import Reach
from speak.web.forms.compose import in_room
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.stories import StoryForm
from speak.web.pages.stories.choosing import address_of, choices_for, conversation_of, keep_typed, typed_for
from speak.web.paging import id_in
from speak.web.shown.posts import shown_posts
from speak.web.shown.stories import preview_of, readers_of_story, shown_quotation, shown_story
from speak.web.viewer import signed_in, viewer_of

MOST = 50


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """The stories of this place, as far as the viewer may read them; one's own that are not told yet."""
    viewer = viewer_of(request)
    context = {
        "stories": [shown_story(story) for story in stories_told(viewer)[:MOST]],
        "begun": [shown_story(story) for story in stories_of(viewer).filter(told_at=None)] if viewer else [],
        "used": [shown_quotation(viewer, each) for each in words_used_of(viewer)[:MOST]] if viewer else [],
    }
    return render(request, "web/stories/stories.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_story(request: HttpRequest) -> HttpResponse:
    """Begin a story, from a post whose words one would like to use, or from nothing; or go on with one."""
    viewer, number = signed_in(request), conversation_of(request)
    form = StoryForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        return redirect(address_of(write_story(viewer, words=form.words), number))
    post = post_for(viewer, number) if number else None
    context = {
        "form": form,
        "post": shown_posts(viewer, [post])[0] if post else None,
        "begun": [(each.title, address_of(each, number)) for each in stories_of(viewer).filter(told_at=None)],
    }
    return render(request, "web/stories/new.html", context, status=STATUS if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """Write it, choose words for it, ask those who said them, tell it. A told one is the article it became.

    It is one form: whichever button is pressed, what was typed is kept first.
    """
    viewer = signed_in(request)
    if told := told_story_of(viewer, story_id):
        return redirect(told.url)
    current = story_for(viewer, story_id)
    if request.method != "POST":
        return _page(request, current, StoryForm(viewer=viewer, initial=_initial(current)))
    if request.POST.get("do") == "drop":
        drop_story(viewer, story=current)
        messages.success(request, _("It is gone."))
        return redirect("stories")
    form = StoryForm(request.POST, viewer=viewer)
    if form.is_valid():
        changed = write_story(viewer, words=form.words, story=current)
        keep_typed(request, viewer, story=changed)
        try:
            return _done(request, viewer, changed)
        except NotFound:
            raise
        except Refusal as refusal:
            put_into(form, refusal)
    return _page(request, story_for(viewer, story_id), form, status=STATUS)


def _done(request: HttpRequest, viewer: Actor, changed: Story) -> HttpResponse:
    """What a button does beside keeping what was typed."""
    use, leave_out = (id_in(request.POST.get(name, "")) for name in ("use", "leave_out"))
    if use:
        choose_words(viewer, story=changed, post_id=use, excerpt=typed_for(request, use))
        messages.success(request, _("They have their place at the end of your story; move the line where you like."))
    elif leave_out:
        leave_words_out(viewer, quotation=_quotation_in(changed, leave_out))
        messages.success(request, _("Left out."))
    elif request.POST.get("do") == "ask":
        ask_for_words(viewer, story=changed)
        messages.success(request, _("They are asked. You see here what they say."))
    elif request.POST.get("do") == "tell":
        return redirect(tell_story(viewer, story=changed).path)
    else:
        messages.success(request, _("Kept. Only you can see it."))
    return redirect(address_of(changed, conversation_of(request)))


def _quotation_in(story: Story, number: int) -> Quotation:
    found = story.quotations.filter(pk=number).first()
    if found is None:
        raise NotFound(_("These words are not in your story."))
    return found


def _initial(current: Story) -> dict[str, object]:
    audience = in_room(current.room) if current.reach == Reach.ROOM else str(current.reach)
    return {"title": current.title, "source": current.source, "audience": audience}


def _page(request: HttpRequest, current: Story, form: StoryForm, *, status: int = 200) -> HttpResponse:
    viewer = signed_in(request)
    context = {
        "form": form,
        "story": shown_story(current),
        "quotations": [
            shown_quotation(viewer, each) for each in current.quotations.select_related("author", "story__teller")
        ],
        "preview": preview_of(current),
        "readers": readers_of_story(current),
        "conversation": conversation_of(request),
        "choices": choices_for(request, viewer, story=current),
    }
    return render(request, "web/stories/story.html", context, status=status)
