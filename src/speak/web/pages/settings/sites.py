"""What pages of other sites say to somebody: seen by them alone until they show it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from speak.federation.webmention import keeping
from speak.identity.models import Actor
from speak.web.buttons import pressed
from speak.web.paging import id_in
from speak.web.shown.sites import shown_site_mentions
from speak.web.viewer import signed_in

AT_ONCE = 50


@login_required
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """What awaits one's decision, oldest first; what one decided; the sites one hears nothing of."""
    viewer = signed_in(request)
    context = {
        "waiting": shown_site_mentions(keeping.awaiting(viewer)[:AT_ONCE]),
        "decided": shown_site_mentions(keeping.decided(viewer)[:AT_ONCE]),
        "blocked": keeping.blocked_sites(viewer),
    }
    return render(request, "web/settings/sites.html", context)


@login_required
@require_POST
def act_on_site(request: HttpRequest) -> HttpResponse:
    """Show, hide, hear nothing more of a site, hear it again."""
    viewer = signed_in(request)
    act = pressed(request, ACTS)
    messages.success(request, act(viewer, request))
    return redirect("settings_sites")


def _show(viewer: Actor, request: HttpRequest) -> str:
    keeping.show(viewer, _mention_in(request))
    return _("It stands below your words now, for whoever can read them.")


def _hide(viewer: Actor, request: HttpRequest) -> str:
    keeping.hide(viewer, _mention_in(request))
    return _("Nobody else sees it.")


def _block(viewer: Actor, request: HttpRequest) -> str:
    host = request.POST.get("host", "")[:255]
    keeping.block_site(viewer, host)
    return _("You hear nothing more of %(host)s.") % {"host": host}


def _unblock(viewer: Actor, request: HttpRequest) -> str:
    host = request.POST.get("host", "")[:255]
    keeping.unblock_site(viewer, host)
    return _("You hear %(host)s again, from now on.") % {"host": host}


def _mention_in(request: HttpRequest) -> int:
    return id_in(request.POST.get("mention", "")) or 0


ACTS: dict[str, Callable[[Actor, HttpRequest], str]] = {
    "show": _show,
    "hide": _hide,
    "block": _block,
    "unblock": _unblock,
}
