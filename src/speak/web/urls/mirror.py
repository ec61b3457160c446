"""The addresses of the mirror."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.mirror import archives, counted, own, reports, room

urlpatterns: list[URLPattern | URLResolver] = [
    path("mirror", own.own, name="mirror"),
    path("mirror/counted", counted.counted, name="mirror_counted"),
    path("mirror/notice", archives.notice, name="mirror_notice"),
    path("mirror/archives", archives.archives, name="mirror_archives"),
    path("mirror/archives/bring/<str:ticket>", archives.bring_one, name="mirror_bring"),
    path("mirror/archives/<str:token>", archives.archive, name="mirror_archive"),
    path("mirror/archives/<str:token>/act", archives.act_on_archive, name="mirror_act_on_archive"),
    path("mirror/archives/<str:token>/own", archives.own_in_archive, name="mirror_own_in_archive"),
    path("mirror/archives/<str:token>/report", reports.report, name="mirror_report"),
    path("mirror/archives/<str:token>/report.json", reports.figures, name="mirror_figures"),
    path("rooms/<int:room_id>/mirror", room.of_room, name="mirror_of_room"),
]
