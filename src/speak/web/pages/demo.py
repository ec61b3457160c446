"""Being somebody invented: only on a server of `speak demo`, where nobody lives."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from speak.identity.queries import actor_called
from speak.kernel.errors import NotFound

SALT = "speak.demo"


def link_for(handle: str) -> str:
    """Where one becomes somebody invented, until the demonstration is made anew."""
    return f"{settings.SPEAK_URL}/demo/{signing.dumps(handle, salt=SALT)}"


@never_cache
@require_GET
def be_somebody(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as whom the link names, and show their home. Anywhere but in a demonstration there is no such page."""
    sentence = _("There is no such page.")
    if not settings.SPEAK_DEMO:
        raise NotFound(sentence)
    try:
        actor = actor_called(None, signing.loads(token, salt=SALT))
    except signing.BadSignature as error:
        raise NotFound(sentence) from error
    if actor.user is None:
        raise NotFound(sentence)
    get_adapter(request).login(request, actor.user)
    return redirect("home")
