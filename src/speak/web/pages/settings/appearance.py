"""How one appears: name, aim, pictures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from speak.identity import actions
from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.web.forms.profile import ProfileForm
from speak.web.forms.refused import STATUS, put_into
from speak.web.shown.people import shown_profile
from speak.web.viewer import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Change the words and the pictures; each picture stays unless another is chosen."""
    viewer = signed_in(request)
    form = ProfileForm(request.POST or None, request.FILES or None, initial=_current(viewer))
    if request.method == "POST" and form.is_valid() and _write(viewer, form):
        messages.success(request, _("Your page shows it now."))
        return redirect("settings")
    context = {"form": form, "person": shown_profile(viewer)}
    return render(request, "web/settings/appearance.html", context, status=STATUS if form.errors else 200)


@login_required
@require_POST
def take_picture_down(request: HttpRequest) -> HttpResponse:
    """Show no face, or no banner."""
    viewer = signed_in(request)
    if request.POST.get("which") == "banner":
        actions.take_banner_down(viewer)
    else:
        actions.take_picture_down(viewer)
    messages.success(request, _("The picture is gone."))
    return redirect("settings")


def _current(viewer: Actor) -> dict[str, str]:
    return {"name": viewer.name, "aim": viewer.aim, "picture_description": viewer.picture_description}


def _write(viewer: Actor, form: ProfileForm) -> bool:
    """All of it or nothing; a picture that cannot be taken is said at its field."""
    given = form.cleaned_data
    place: str | None = None
    try:
        with transaction.atomic():
            actions.write_profile(viewer, words=actions.ProfileWords(given["name"], given["aim"]))
            place = "picture"
            actions.set_picture(viewer, data=bytes_of(given["picture"]), description=given["picture_description"])
            place = "banner"
            if given["banner"]:
                actions.set_banner(viewer, data=bytes_of(given["banner"]))
    except Refusal as refusal:
        put_into(form, refusal, field=place)
        return False
    return True


def bytes_of(file: UploadedFile[bytes] | None) -> bytes:
    """What was chosen in a file field; nothing where nothing was."""
    return file.read() if file else b""
