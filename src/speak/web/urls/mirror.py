"""The addresses of the mirror."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.mirror import counted, own, room

urlpatterns: list[URLPattern | URLResolver] = [
    path("mirror", own.own, name="mirror"),
    path("mirror/counted", counted.counted, name="mirror_counted"),
    path("rooms/<int:room_id>/mirror", room.of_room, name="mirror_of_room"),
]
