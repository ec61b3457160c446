"""What one said elsewhere, brought here; how far it is, what was not understood, and undoing it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.clients import bringing
from speak.identity.models import Actor
from speak.kernel.errors import Conflict, Refusal
from speak.web.buttons import pressed
from speak.web.forms.bring import BringAccountForm, BringForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.paging import id_in
from speak.web.shown.imports import shown_import
from speak.web.tickets import holder_of, ticket_for
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """What one can bring, and what one brought; with an address, what an account elsewhere said."""
    if request.method != "POST":
        return _page(request)
    form = BringAccountForm(request.POST)
    if not form.is_valid():
        return _page(request, account=form)
    try:
        bringing.take_in_account(signed_in(request), address=form.cleaned_data["address"], chosen=form.chosen())
    except Refusal as refusal:
        put_into(form, refusal)
        return _page(request, account=form)
    messages.success(request, _("It is being fetched."))
    return redirect("settings_bring")


@login_required
@require_POST
def take_in(request: HttpRequest, ticket: str) -> HttpResponse:
    """A file arrives."""
    viewer = signed_in(request)
    if holder_of(ticket) != viewer.pk:
        raise Conflict(_("This page has been open for too long."), hint=_("Go back and load the page again."))
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file=form)
    file = form.cleaned_data["file"]
    try:
        bringing.take_in(
            viewer,
            name=file.name or "",
            pieces=file.chunks(),
            chosen=form.chosen(),
            wrote_as=form.cleaned_data["wrote_as"],
        )
    except Refusal as refusal:
        put_into(form, refusal)
        return _page(request, file=form)
    messages.success(request, _("It arrived, and is being read."))
    return redirect("settings_bring")


@login_required
@require_POST
def act_on_import(request: HttpRequest) -> HttpResponse:
    """Undo it, go on with it, forget the report."""
    viewer = signed_in(request)
    act = pressed(request, ACTS)
    messages.success(request, act(viewer, id_in(request.POST.get("import", "")) or 0))
    return redirect("settings_bring")


def _page(
    request: HttpRequest, *, file: BringForm | None = None, account: BringAccountForm | None = None
) -> HttpResponse:
    viewer = signed_in(request)
    context = {
        "form": file or BringForm(),
        "account": account or BringAccountForm(),
        "ticket": ticket_for(viewer.pk),
        "formats": [known.says for known in bringing.FORMATS],
        "imports": [shown_import(row) for row in bringing.imports_of(viewer)],
    }
    return render(request, "web/settings/bring.html", context, status=STATUS if file or account else 200)


def _undo(viewer: Actor, import_id: int) -> str:
    bringing.undo(viewer, import_id=import_id)
    return _("It is being taken away again.")


def _go_on(viewer: Actor, import_id: int) -> str:
    bringing.go_on(viewer, import_id=import_id)
    return _("It goes on.")


def _forget(viewer: Actor, import_id: int) -> str:
    bringing.forget(viewer, import_id=import_id)
    return _("The report is forgotten; what came stays.")


ACTS: dict[str, Callable[[Actor, int], str]] = {"undo": _undo, "go_on": _go_on, "forget": _forget}
