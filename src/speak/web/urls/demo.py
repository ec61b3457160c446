"""The address by which visitors of the invented organisation come in."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.demo import be_somebody

urlpatterns: list[URLPattern | URLResolver] = [path("demo/<str:token>", be_somebody, name="demo")]
