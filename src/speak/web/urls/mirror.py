"""The addresses of the mirror."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.mirror import own

urlpatterns: list[URLPattern | URLResolver] = [path("mirror", own.own, name="mirror")]
