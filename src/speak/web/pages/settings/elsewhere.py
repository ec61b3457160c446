"""Where one may be heard too: places elsewhere, added and removed; what did not arrive there."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from speak.federation.elsewhere import keeping, sending, signing_in, subscribers
from speak.federation.elsewhere.signing_in import Asked
from speak.federation.elsewhere.wording import called
from speak.federation.models import ElsewhereKind
from speak.identity.models import Actor
from speak.kernel import mail
from speak.kernel.errors import NotAllowed, Refusal
from speak.kernel.outbound import ask
from speak.web.forms.elsewhere import AccountForm, ChannelForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.elsewhere import shown_failures, shown_places
from speak.web.viewer import signed_in

ASKED = "elsewhere_asked"
add_chat = partial(keeping.add_chat, ask=ask)
begin = partial(signing_in.begin, ask=ask)
finish = partial(signing_in.finish, ask=ask)
give_back = partial(signing_in.give_back, ask=ask)


@login_required
@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """The places one has, what did not arrive there, and the ways to add one."""
    return _page(request, signed_in(request))


@login_required
@require_POST
def add_account(request: HttpRequest) -> HttpResponse:
    """Say which server an account is on; a link leads to where that asks whether this one may speak there."""
    viewer = signed_in(request)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, account=form)
    try:
        asked, url = begin(viewer, form.cleaned_data["server"])
    except Refusal as refusal:
        put_into(form, refusal, field="server")
        return _page(request, viewer, account=form)
    request.session[ASKED] = asked.kept()
    there = asked.server_url.partition("://")[2]
    return render(request, "web/settings/elsewhere_asked.html", {"url": url, "there": there})


@login_required
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """They come back from there, with a yes or a no."""
    viewer = signed_in(request)
    known = request.session.pop(ASKED, None)
    if not isinstance(known, dict):
        raise NotAllowed(_("Nothing was asked from here."), hint=_("Begin again under “Heard elsewhere”."))
    place = finish(viewer, Asked(**known), {name: str(value) for name, value in request.GET.items()})
    messages.success(request, _("Added: you can tick %(account)s beside what you write.") % {"account": place.name})
    return redirect("settings_elsewhere")


@login_required
@require_POST
def add_channel(request: HttpRequest) -> HttpResponse:
    """Add a channel of Slack or Mattermost; a first message is said there."""
    viewer = signed_in(request)
    form = ChannelForm(request.POST)
    if form.is_valid():
        try:
            place = add_chat(viewer, webhook=form.cleaned_data["webhook"], channel=form.cleaned_data["channel"])
        except Refusal as refusal:
            put_into(form, refusal, field="webhook")
        else:
            name = called(place.kind, place.name)
            messages.success(request, _("Added: a first message stands in %(place)s now.") % {"place": name})
            return redirect("settings_elsewhere")
    return _page(request, viewer, channel=form)


@login_required
@require_POST
def offer_letters(request: HttpRequest) -> HttpResponse:
    """Let others ask for one's words by e-mail."""
    keeping.offer_letters(signed_in(request))
    messages.success(request, _("Your page says now that people can get your words by e-mail."))
    return redirect("settings_elsewhere")


@login_required
@require_POST
def remove_reader(request: HttpRequest, reader_id: int) -> HttpResponse:
    """Write to an address no more."""
    subscribers.send_no_more_to(signed_in(request), reader_id)
    messages.success(request, _("That address is forgotten."))
    return redirect("settings_elsewhere")


@login_required
@require_POST
def try_again(request: HttpRequest, said_id: int) -> HttpResponse:
    """Begin anew with what did not arrive."""
    said = sending.try_again(signed_in(request), said_id)
    messages.success(request, _("On its way to %(place)s.") % {"place": called(said.kind, said.name)})
    return redirect("settings_elsewhere")


@login_required
@require_POST
def remove_place(request: HttpRequest, place_id: int) -> HttpResponse:
    """Speak there no more."""
    place = keeping.remove(signed_in(request), place_id)
    give_back(place)
    name = called(place.kind, place.name)
    messages.success(request, _("Nothing more goes to %(place)s. What you said there stays there.") % {"place": name})
    return redirect("settings_elsewhere")


def _page(
    request: HttpRequest, viewer: Actor, *, account: AccountForm | None = None, channel: ChannelForm | None = None
) -> HttpResponse:
    places = keeping.places_of(viewer)
    context = {
        "places": shown_places(places),
        "failures": shown_failures(keeping.lately_failed(viewer)),
        "account": account or AccountForm(),
        "may_offer_letters": mail.is_set_up() and not any(place.kind == ElsewhereKind.MAIL for place in places),
        "readers": subscribers.readers_of_letters(viewer),
        "channel": channel or ChannelForm(),
    }
    return render(request, "web/settings/elsewhere.html", context, status=STATUS if account or channel else 200)
