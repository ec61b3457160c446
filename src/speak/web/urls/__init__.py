"""Which address leads to which page: fixed paths, then people, then what people said."""

from django.urls import URLPattern, URLResolver

from speak.web.urls import conversation, people

urlpatterns: list[URLPattern | URLResolver] = [*people.urlpatterns, *conversation.urlpatterns]
