"""Of whom one is told, and which servers one does not want to hear of."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity import actions, queries
from speak.identity.models import Hearing
from speak.kernel import mail
from speak.kernel.errors import Refusal
from speak.web.forms.hearing import HearingForm, ServerForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.viewer import signed_in

AT_ONCE = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest) -> HttpResponse:
    """Say what becomes of what would be told, by who it is about."""
    viewer = signed_in(request)
    policy = queries.policy_of(viewer)
    current = {name: getattr(policy, name) for name in HearingForm.base_fields}
    form = HearingForm(request.POST or None, initial=current)
    if request.method == "POST" and form.is_valid():
        chosen = {name: Hearing(verdict) for name, verdict in form.cleaned_data.items()}
        actions.choose_policy(viewer, chosen=chosen)
        messages.success(request, _("Saved."))
        return redirect("settings_hearing")
    context = {
        "form": form,
        "sends_mail": mail.is_set_up(),
        "mail_address": queries.mail_address_of(viewer),
        "gets_letters": queries.morning_letter_of(viewer) is not None,
    }
    return render(request, "web/settings/hearing.html", context, status=STATUS if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def servers(request: HttpRequest) -> HttpResponse:
    """Of which servers one hears nothing; and one more of them."""
    viewer = signed_in(request)
    form = ServerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.block_server(viewer, domain=form.cleaned_data["domain"])
        except Refusal as refusal:
            put_into(form, refusal, field="domain")
        else:
            messages.success(
                request, _("You hear nothing of %(server)s any more.") % {"server": form.cleaned_data["domain"]}
            )
            return redirect("settings_servers")
    page = Paginator(queries.server_blocks_of(viewer), AT_ONCE).get_page(request.GET.get("page"))
    context = {"form": form, "servers": [block.domain for block in page.object_list], "page": page}
    return render(request, "web/settings/servers.html", context, status=STATUS if form.errors else 200)


@login_required
@require_POST
def hear_server(request: HttpRequest) -> HttpResponse:
    """Let people of a server be heard again."""
    domain = request.POST.get("domain", "").replace("\0", "")
    actions.unblock_server(signed_in(request), domain=domain)
    messages.success(
        request, _("People of %(server)s can be heard again. Follow them again if you like.") % {"server": domain}
    )
    return redirect("settings_servers")
