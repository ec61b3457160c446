"""The addresses of the guide."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages import guide

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide", guide.guide, name="guide"),
    path("guide/<slug:name>", guide.chapter, name="guide_chapter"),
]
