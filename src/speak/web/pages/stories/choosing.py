"""The words that may come into a story: those of a conversation, with what was typed about each of them."""

from django.http import HttpRequest

from speak.identity.models import Actor
from speak.rooms.actions.stories import MAX_EXCERPT
from speak.rooms.models import Story
from speak.voice.models import Post
from speak.voice.queries import post_for, thread_for
from speak.voice.sanitize import plain_text
from speak.web.forms.stories import WordsForStoryForm
from speak.web.paging import id_in
from speak.web.shown.posts import ShownPost, shown_posts

TYPED = "words_for_story"


def conversation_of(request: HttpRequest) -> int:
    """The number of the post whose conversation is open beside the story; 0 for none."""
    return id_in(request.POST.get("post", "") or request.GET.get("post", "")) or 0


def address_of(story: Story, conversation: int) -> str:
    """Where it is written, with the same conversation beside it."""
    return f"/stories/{story.pk}?post={conversation}" if conversation else f"/stories/{story.pk}"


def typed_for(request: HttpRequest, post_id: int) -> str:
    """The words of a post as they were typed to be used."""
    return request.POST.get(f"{post_id}-excerpt", "")


def keep_typed(request: HttpRequest, viewer: Actor, *, story: Story) -> None:
    """Parts that somebody chose and did not use yet still stand there when the page comes back."""
    typed = {}
    for post in _posts(viewer, conversation_of(request)):
        words = typed_for(request, post.pk)[:MAX_EXCERPT]
        if words.split() != plain_text(post.html).split():
            typed[str(post.pk)] = words
    request.session[TYPED] = {"story": story.pk, "typed": typed}


def choices_for(request: HttpRequest, viewer: Actor, *, story: Story) -> list[tuple[ShownPost, WordsForStoryForm]]:
    """Each post of the conversation, with the place to say which part of it to use."""
    posts = _posts(viewer, conversation_of(request))
    kept = request.session.get(TYPED, {})
    typed = kept.get("typed", {}) if kept.get("story") == story.pk else {}
    pairs = []
    for post, shown in zip(posts, shown_posts(viewer, posts), strict=True):
        words = typed_for(request, post.pk) or typed.get(str(post.pk)) or plain_text(post.html)
        pairs.append((shown, WordsForStoryForm(initial={"excerpt": words}, prefix=str(post.pk))))
    return pairs


def _posts(viewer: Actor, number: int) -> list[Post]:
    if not number:
        return []
    thread = thread_for(viewer, post_for(viewer, number))
    return [*thread.before, thread.post, *(post for _depth, post in thread.after)]
