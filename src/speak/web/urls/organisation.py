"""The addresses of the organisation and its window."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages import organisation, people_elsewhere

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisation", organisation.organisation, name="organisation"),
    path("organisation/gathered", organisation.gathered, name="gathered"),
    path("organisation/elsewhere", people_elsewhere.elsewhere, name="organisation_elsewhere"),
    path("window", organisation.window, name="window"),
]
