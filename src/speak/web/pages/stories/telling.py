"""Reading stories, and telling one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

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
from speak.rooms.actions.stories import StoryWords
from speak.rooms.models import Story
from speak.rooms.queries import stories_of, stories_told, story_for, told_story_of, words_used_of
from speak.voice.queries import post_for, thread_for
from speak.voice.reach import Reach
from speak.voice.sanitize import plain_text
from speak.web.forms.compose import in_room
from speak.web.forms.refused import STATUS, put_into
from speak.web.forms.stories import StoryForm, WordsForStoryForm
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
    """Begin a story, from a post whose words one would like to use, or from nothing."""
    viewer = signed_in(request)
    number = id_in(request.GET.get("post", "") or request.POST.get("post", "")) or 0
    form = StoryForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        story = write_story(viewer, words=form.words)
        return redirect(f"/stories/{story.pk}?post={number}" if number else f"/stories/{story.pk}")
    post = post_for(viewer, number) if number else None
    context = {"form": form, "post": shown_posts(viewer, [post])[0] if post else None}
    return render(request, "web/stories/new.html", context, status=STATUS if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """Write it, see how it would stand, ask those whose words it uses, tell it. A told one is the article it became."""
    viewer = signed_in(request)
    if told := told_story_of(viewer, story_id):
        return redirect(told.url)
    current = story_for(viewer, story_id)
    form = StoryForm(viewer=viewer, initial=_initial(current))
    if request.method == "POST":
        form = StoryForm(request.POST, viewer=viewer)
        if form.is_valid():
            try:
                return _done(request, viewer, current=current, words=form.words)
            except Refusal as refusal:
                put_into(form, refusal)
    return _page(request, current, form, status=STATUS if form.errors else 200)


@login_required
@require_POST
def words(request: HttpRequest, story_id: int) -> HttpResponse:
    """Choose words for it, or leave some out."""
    viewer = signed_in(request)
    current = story_for(viewer, story_id)
    if request.POST.get("do") == "leave_out":
        found = current.quotations.filter(pk=id_in(request.POST.get("quotation", "")) or 0).first()
        if found is None:
            raise NotFound(_("These words are not in your story."))
        leave_words_out(viewer, quotation=found)
        return redirect("story", current.pk)
    form = WordsForStoryForm(request.POST)
    if form.is_valid():
        choose_words(viewer, story=current, post_id=form.cleaned_data["post"], excerpt=form.cleaned_data["excerpt"])
    return redirect(f"/stories/{current.pk}?post={request.POST.get('post', '')}")


def _done(request: HttpRequest, viewer: Actor, *, current: Story, words: StoryWords) -> HttpResponse:
    do = request.POST.get("do", "keep")
    if do == "drop":
        drop_story(viewer, story=current)
        messages.success(request, _("It is gone."))
        return redirect("stories")
    changed = write_story(viewer, words=words, story=current)
    if do == "ask":
        ask_for_words(viewer, story=changed)
        messages.success(request, _("They are asked. You see here what they say."))
    elif do == "tell":
        return redirect(tell_story(viewer, story=changed).path)
    else:
        messages.success(request, _("Kept. Only you can see it."))
    return redirect("story", changed.pk)


def _initial(current: Story) -> dict[str, object]:
    audience = in_room(current.room) if current.reach == Reach.ROOM else str(current.reach)
    return {"title": current.title, "source": current.source, "audience": audience}


def _page(request: HttpRequest, current: Story, form: StoryForm, *, status: int) -> HttpResponse:
    viewer = signed_in(request)
    number = id_in(request.GET.get("post", "")) or 0
    posts = []
    if number:
        thread = thread_for(viewer, post_for(viewer, number))
        posts = [*thread.before, thread.post, *(post for _depth, post in thread.after)]
    pairs = []
    for post, shown in zip(posts, shown_posts(viewer, posts), strict=True):
        choice = WordsForStoryForm(initial={"post": post.pk, "excerpt": plain_text(post.html)})
        choice.auto_id = f"id_{post.pk}_%s"
        pairs.append((shown, choice))
    context = {
        "form": form,
        "story": shown_story(current),
        "quotations": [
            shown_quotation(viewer, each) for each in current.quotations.select_related("author", "story__teller")
        ],
        "preview": preview_of(current),
        "readers": readers_of_story(current),
        "choices": pairs,
    }
    return render(request, "web/stories/story.html", context, status=status)
