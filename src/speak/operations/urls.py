"""Which address leads where: what other servers and programs ask for first, then the pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("speak.web.urls")),
]
