"""The addresses of the pages about safety."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.safety import handling, limits, people, reporting

urlpatterns: list[URLPattern | URLResolver] = [
    path("report", reporting.report, name="report"),
    path("safety", handling.waiting, name="safety"),
    path("safety/people", people.people, name="safety_people"),
    path("safety/mine", reporting.mine, name="safety_mine"),
    path("safety/log", handling.log, name="safety_log"),
    path("safety/limits", limits.limits, name="safety_limits"),
    path("safety/limits/<int:limit_id>/lift", limits.lift, name="safety_lift_limit"),
    path("safety/reports/<int:report_id>", handling.one_report, name="safety_report"),
    path("safety/reports/<int:report_id>/hand-back", handling.hand_back, name="safety_hand_back"),
    path("safety/reports/<int:report_id>/choose", reporting.choose, name="safety_choose"),
    path("safety/reports/<int:report_id>/withdraw", reporting.withdraw, name="safety_withdraw"),
]
