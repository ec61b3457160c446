"""Which address leads where: what other servers and programs ask for first, then the pages."""

from django.urls import URLPattern, URLResolver, include, path

from speak.operations.health import health
from speak.operations.metrics import metrics
from speak.operations.own_domains import may_serve

handler404 = "speak.web.failures.not_found"
handler500 = "speak.web.failures.went_wrong"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health),
    path("metrics", metrics),
    path("ask/domain", may_serve),
    path("", include("speak.federation.urls")),
    path("", include("speak.clients.urls")),
    path("", include("speak.web.urls")),
]
