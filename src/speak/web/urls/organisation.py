"""The addresses of the organisation and its window."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages import elsewhere, organisation

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisation", organisation.organisation, name="organisation"),
    path("organisation/gathered", organisation.gathered, name="gathered"),
    path("organisation/elsewhere", elsewhere.elsewhere, name="organisation_elsewhere"),
    path("window", organisation.window, name="window"),
]
