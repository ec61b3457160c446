"""Being asked about one's words: what exactly, in which place, and who would read it."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from speak.kernel.errors import Refusal
from speak.rooms.actions import answer_about_words, take_words_back
from speak.rooms.errors import ChangedMeanwhile
from speak.rooms.models import Quotation
from speak.rooms.queries import quotation_by_token, quotation_for
from speak.rooms.telling import digest_of
from speak.web.shown.posts import shown_picture
from speak.web.shown.stories import preview_of, readers_of_story, shown_quotation
from speak.web.viewer import signed_in

CHANGED = HTTPStatus.CONFLICT


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_words(request: HttpRequest, quotation_id: int) -> HttpResponse:
    """For an author here."""
    viewer = signed_in(request)
    return _asked(request, lambda: quotation_for(viewer, quotation_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """For an author elsewhere, by the link that was sent to them and nobody else."""
    return _asked(request, lambda: quotation_by_token(token))


def _asked(request: HttpRequest, find: Callable[[], Quotation]) -> HttpResponse:
    if request.method != "POST":
        return _page(request, find())
    try:
        _answer(request, find())
    except ChangedMeanwhile as refusal:
        return _page(request, find(), refusal=refusal)
    return redirect(request.path)


def _answer(request: HttpRequest, quotation: Quotation) -> None:
    author, do = quotation.author, request.POST.get("do", "")
    if do == "take_back":
        take_words_back(author, quotation=quotation)
        messages.success(request, _("Your words are taken out, here and wherever the story went."))
    elif do in {"agree", "decline"}:
        answer_about_words(author, quotation=quotation, agrees=do == "agree", seen=request.POST.get("seen", ""))
        thanks = _("You agreed. You can take your words back whenever you like.")
        messages.success(request, thanks if do == "agree" else _("You said no. Nobody is told why."))


def _page(request: HttpRequest, quotation: Quotation, *, refusal: Refusal | None = None) -> HttpResponse:
    """As it stands now, with the digest of exactly that: whoever says yes says it to what they saw."""
    story = quotation.story
    told = story.post if story.post and story.post.withdrawn_at is None else None
    context = {
        "refusal": refusal,
        "seen": digest_of(story, quotation),
        "words": shown_quotation(quotation.author, quotation),
        "preview": preview_of(story, shown_to=quotation.author_id),
        "readers": readers_of_story(story),
        "summary": told.summary if told else "",
        "pictures": [shown_picture(media) for media in told.media.all()] if told else [],
        "story_url": told.path if told else "",
        "answers_url": quotation.post.in_reply_to_uri,
    }
    return render(request, "web/stories/consent.html", context, status=CHANGED if refusal else 200)
