"""The addresses of practices and programmes."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.practices import catalogue, practice, programmes, rooms

urlpatterns: list[URLPattern | URLResolver] = [
    path("practices", catalogue.catalogue, name="practices"),
    path("practices/mine", catalogue.mine, name="my_practices"),
    path("practices/<slug:slug>", practice.practice, name="practice"),
    path("programmes", programmes.programmes, name="programmes"),
    path("programmes/bring", programmes.bring, name="bring_programme"),
    path("programmes/<int:programme_id>", programmes.programme, name="programme"),
    path("programmes/<int:programme_id>/own", programmes.write_own, name="write_own_practice"),
    path("programmes/<int:programme_id>.toml", programmes.take_along, name="programme_file"),
    path("programmes/<slug:name>.toml", programmes.take_shipped_along, name="shipped_programme_file"),
    path("programmes/<slug:name>", programmes.shipped_programme, name="shipped_programme"),
    path("rooms/<int:room_id>/programme", rooms.programme_of_room, name="programme_of_room"),
]
