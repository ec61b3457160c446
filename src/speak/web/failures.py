"""What is said when there is no page, or when a bug of ours shows itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """No address of ours leads there."""
    return render(request, "404.html", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Our fault; Django has written it down. Nothing of the request or the database is touched again."""
    return HttpResponse(render_to_string("500.html"), status=500)
