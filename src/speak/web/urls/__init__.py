"""Which address leads to which page: fixed paths, then people, then what people said."""

from django.urls import URLPattern, URLResolver

from speak.web.urls import (
    conversation,
    demo,
    guide,
    meeting,
    mirror,
    operators,
    organisation,
    people,
    practices,
    rooms,
    safety,
    stories,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *meeting.urlpatterns,
    *demo.urlpatterns,
    *guide.urlpatterns,
    *mirror.urlpatterns,
    *operators.urlpatterns,
    *organisation.urlpatterns,
    *people.urlpatterns,
    *practices.urlpatterns,
    *rooms.urlpatterns,
    *safety.urlpatterns,
    *stories.urlpatterns,
    *conversation.urlpatterns,
]
