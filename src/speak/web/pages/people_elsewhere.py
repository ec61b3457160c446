"""People of the organisation whose home is elsewhere: named here by those who keep its page, shown once they agree."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speak.federation.discovery import resolve
from speak.identity.actions.links import is_web_address
from speak.identity.models import Actor
from speak.kernel.errors import NotFound, Refusal
from speak.rooms.actions import leave_person_out, look_at_person, name_person_elsewhere
from speak.rooms.queries import people_named, the_organisation
from speak.voice.models import Post
from speak.web.forms.organisation import PersonElsewhereForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.paging import id_in
from speak.web.shown.gathered import shown_person_elsewhere
from speak.web.templatetags.addresses import full_address
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Who was named, and what was found at each page; name somebody, look again, leave somebody out."""
    viewer, organisation = signed_in(request), the_organisation()
    if organisation is None:
        raise NotFound(_("This server has no organisation yet."))
    named = people_named(viewer, organisation)
    form = PersonElsewhereForm(request.POST if request.POST.get("do") == "name" else None)
    if request.method == "POST" and _done(request, viewer, form):
        return redirect("organisation_elsewhere")
    context = {
        "form": form,
        "named": [shown_person_elsewhere(person) for person in named],
        "home": full_address(organisation.path),
    }
    return render(request, "web/organisation/elsewhere.html", context, status=STATUS if form.errors else 200)


def _done(request: HttpRequest, viewer: Actor, form: PersonElsewhereForm) -> bool:
    """Whether what a button says was done; otherwise the form says why not."""
    do, person_id = request.POST.get("do", ""), id_in(request.POST.get("person", "")) or 0
    if do == "look":
        look_at_person(viewer, person_id=person_id)
        messages.success(request, _("It is being looked at. Load this page again in a moment."))
        return True
    if do == "leave_out":
        leave_person_out(viewer, person_id=person_id)
        messages.success(request, _("They are not shown here."))
        return True
    if not form.is_valid():
        return False
    try:
        _name(viewer, form.cleaned_data["address"].strip())
    except Refusal as refusal:
        put_into(form, refusal, field="address")
        return False
    messages.success(request, _("They are shown here once their page points back. Ask them."))
    return True


def _name(viewer: Actor, address: str) -> None:
    """Somebody on the social web by what their server says of them; anybody else by the address of their page."""
    found = resolve(viewer, address)
    if isinstance(found, Post):
        raise NotFound(_("That is the address of something said, not of somebody."))
    if found is None and not is_web_address(address):
        raise NotFound(_("Nobody can be found there."))
    if found is None or found.is_site:
        name_person_elsewhere(viewer, url=address)
    else:
        name_person_elsewhere(viewer, url=found.url or found.uri, actor=found)
