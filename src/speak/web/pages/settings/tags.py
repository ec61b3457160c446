"""Tags: those one hears at home, and those one shows on one's page."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.voice.actions import follow_tag, show_tag, tag_name, take_tag_off, unfollow_tag
from speak.voice.queries import followed_tags, shown_tags_of
from speak.web.buttons import pressed
from speak.web.forms.hearing import TagForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.pages.returning import back_to
from speak.web.viewer import signed_in

Act = Callable[[Actor, str], str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: HttpRequest) -> HttpResponse:
    """Both lists, with a place to add to each."""
    viewer = signed_in(request)
    wanted = request.POST.get("act", "") if request.method == "POST" else ""
    forms = {
        name: TagForm(request.POST if wanted == name else None, auto_id=f"{name}_%s") for name in ("follow", "show")
    }
    form = forms.get(wanted)
    if form is not None and form.is_valid():
        try:
            messages.success(request, ACTS[wanted](viewer, form.cleaned_data["name"]))
        except Refusal as refusal:
            put_into(form, refusal, field="name")
        else:
            return redirect("settings_tags")
    context = {
        "follow_form": forms["follow"],
        "show_form": forms["show"],
        "followed": [tag.name for tag in followed_tags(viewer).order_by("name")],
        "shown": [tag.name for tag in shown_tags_of(viewer)],
    }
    return render(
        request, "web/settings/tags.html", context, status=STATUS if form is not None and form.errors else 200
    )


@login_required
@require_POST
def act_on_tag(request: HttpRequest) -> HttpResponse:
    """Hear a tag or no longer, show it or no longer; then back to where one was."""
    act = pressed(request, ACTS)
    messages.success(request, act(signed_in(request), request.POST.get("name", "").replace("\0", "")))
    return redirect(back_to(request, reverse("settings_tags")))


def _follow(viewer: Actor, name: str) -> str:
    return _("What anyone says with #%(tag)s comes to your home now.") % {"tag": follow_tag(viewer, name=name)}


def _unfollow(viewer: Actor, name: str) -> str:
    return _("#%(tag)s does not come to your home any more.") % {"tag": unfollow_tag(viewer, name=name)}


def _show(viewer: Actor, name: str) -> str:
    return _("#%(tag)s stands on your page now.") % {"tag": show_tag(viewer, name=name).name}


def _take_off(viewer: Actor, name: str) -> str:
    wanted = tag_name(name).lower()
    for known in shown_tags_of(viewer):
        if known.name.lower() == wanted:
            take_tag_off(viewer, tag_id=known.pk)
    return _("#%(tag)s does not stand on your page any more.") % {"tag": wanted}


ACTS: dict[str, Act] = {"follow": _follow, "unfollow": _unfollow, "show": _show, "take_off": _take_off}
