"""The addresses of stories."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.stories import consent, telling

urlpatterns: list[URLPattern | URLResolver] = [
    path("stories", telling.stories, name="stories"),
    path("stories/new", telling.new_story, name="new_story"),
    path("stories/consent/<str:token>", consent.consent, name="story_consent"),
    path("stories/words/<int:quotation_id>", consent.my_words, name="my_words"),
    path("stories/<int:story_id>", telling.story, name="story"),
]
