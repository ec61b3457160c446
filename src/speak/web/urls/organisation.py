"""The addresses of the organisation and its window."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages import organisation

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisation", organisation.organisation, name="organisation"),
    path("organisation/gathered", organisation.gathered, name="gathered"),
    path("window", organisation.window, name="window"),
]
