"""What one does with a post: pass on, thank, keep, let rest; for one's own, edit and withdraw."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.federation.discovery.naming import meet_those_named
from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.rooms.queries import uses_words_of_others
from speak.voice import actions, rules
from speak.voice.errors import NotYours
from speak.voice.models import Post
from speak.voice.queries import post_for
from speak.web.buttons import pressed
from speak.web.forms.compose import WordsForm
from speak.web.forms.pictures import kept_media, take_pictures
from speak.web.forms.refused import STATUS, put_into
from speak.web.pages.returning import back_to
from speak.web.shown.audiences import audience_sentence
from speak.web.shown.posts import shown_whole
from speak.web.viewer import signed_in

# No poll has a thousand answers.
MAX_DIGITS = 4
Act = Callable[[Actor, Post], str]


@login_required
@require_POST
def act_on_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """An answer without words, or taking one back; then back to where one was."""
    viewer = signed_in(request)
    act = pressed(request, ACTS)
    post = post_for(viewer, post_id)
    messages.success(request, act(viewer, post))
    return redirect(back_to(request, post.path))


@login_required
@require_POST
def choose(request: HttpRequest, post_id: int) -> HttpResponse:
    """Choose among the answers below a post; then back to where one was."""
    viewer = signed_in(request)
    post = post_for(viewer, post_id)
    places = [int(place) for place in request.POST.getlist("option") if place.isdecimal() and len(place) < MAX_DIGITS]
    actions.choose(viewer, post=post, positions=places)
    messages.success(request, _("Chosen."))
    return redirect(back_to(request, post.path))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Say it better; the audience stays, the earlier wording stays readable."""
    viewer = signed_in(request)
    post = _own_post(viewer, post_id)
    if request.method == "POST":
        return _take_edit(request, viewer, post)
    typed: dict[str, object] = {
        "words": post.source,
        "title": post.title,
        "summary": post.summary,
        "language": post.language,
    }
    return _edit_page(request, WordsForm(initial=typed, kept=list(post.media.all())), post)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Take one's words back, having been asked once."""
    viewer = signed_in(request)
    post = _own_post(viewer, post_id)
    if request.method != "POST":
        return render(request, "web/withdraw.html", {"post": shown_whole(viewer, post)})
    actions.withdraw_post(viewer, post=post)
    messages.success(request, _("Taken back. Every server that got it is asked to forget it."))
    return redirect(back_to(request, reverse("home")))


def _own_post(viewer: Actor, post_id: int) -> Post:
    post = post_for(viewer, post_id)
    if not rules.may_change_words(is_author=post.author_id == viewer.pk, is_withdrawn=False):
        raise NotYours(_("Only whoever said it can change it or take it back."))
    return post


def _take_edit(request: HttpRequest, viewer: Actor, post: Post) -> HttpResponse:
    """Pictures that came are kept whether or not the words are taken: the form that comes back holds them."""
    data = request.POST.copy()
    refused = take_pictures(viewer, data, request.FILES)
    form = WordsForm(data, kept=[*post.media.all(), *kept_media(viewer, data)])
    is_valid = form.is_valid()
    for field, refusal in refused.items():
        put_into(form, refusal, field=field)
    if is_valid and not refused:
        try:
            _change(viewer, post, form)
        except Refusal as refusal:
            put_into(form, refusal)
        else:
            changed = _("Changed. The earlier wording stays readable beside it.")
            asked = _("Changed. Whoever has words in this story is asked about it as it stands now.")
            messages.success(request, asked if uses_words_of_others(post) else changed)
            return redirect(post.path)
    return _edit_page(request, form, post, status=STATUS)


def _change(viewer: Actor, post: Post, form: WordsForm) -> None:
    # Pictures that an app covered without a warning stay covered.
    words = replace(form.said_words, is_sensitive=post.is_sensitive and not post.summary)
    meet_those_named(words.source)
    with transaction.atomic():
        for media, description in form.descriptions():
            if description != media.description:
                actions.describe(viewer, media=media, description=description)
        actions.edit_post(viewer, post=post, words=words, media=form.shown_media)


def _edit_page(request: HttpRequest, form: WordsForm, post: Post, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "post": shown_whole(post.author, post),
        "audience": audience_sentence(post.author, post),
        "action_url": reverse("edit_post", args=[post.pk]),
        "uses_words": uses_words_of_others(post),
    }
    return render(request, "web/edit.html", context, status=status)


def _boost(viewer: Actor, post: Post) -> str:
    actions.boost(viewer, post=post)
    return _("Passed on to those who follow you.")


def _unboost(viewer: Actor, post: Post) -> str:
    actions.unboost(viewer, post=post)
    return _("You no longer pass it on.")


def _like(viewer: Actor, post: Post) -> str:
    actions.like(viewer, post=post)
    return _("%(name)s hears that you say thank you.") % {"name": post.author.called}


def _unlike(viewer: Actor, post: Post) -> str:
    actions.unlike(viewer, post=post)
    return _("Your thanks are taken back.")


def _keep(viewer: Actor, post: Post) -> str:
    actions.keep(viewer, post=post)
    return _("Kept. Nobody is told.")


def _let_go(viewer: Actor, post: Post) -> str:
    actions.let_go(viewer, post=post)
    return _("Not kept any more.")


def _let_rest(viewer: Actor, post: Post) -> str:
    actions.let_rest(viewer, post=post)
    return _("It rests. Nobody is told.")


def _agree_to_quote(viewer: Actor, post: Post) -> str:
    actions.agree_to_quote(viewer, post=post)
    return _("%(name)s may show your words there. You can take that back at any hour.") % {"name": post.author.called}


def _refuse_quote(viewer: Actor, post: Post) -> str:
    actions.refuse_quote(viewer, post=post)
    return _("Your words are not shown there.")


def _pin(viewer: Actor, post: Post) -> str:
    actions.pin(viewer, post=post)
    return _("It stands at the top of your profile.")


def _unpin(viewer: Actor, post: Post) -> str:
    actions.unpin(viewer, post=post)
    return _("It stands among your other posts again.")


ACTS: dict[str, Act] = {
    "boost": _boost,
    "unboost": _unboost,
    "like": _like,
    "unlike": _unlike,
    "bookmark": _keep,
    "unbookmark": _let_go,
    "rest": _let_rest,
    "agree_to_quote": _agree_to_quote,
    "refuse_quote": _refuse_quote,
    "pin": _pin,
    "unpin": _unpin,
}
