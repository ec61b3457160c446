"""The addresses of the pages for whoever runs this server."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.operators import deliveries

urlpatterns: list[URLPattern | URLResolver] = [
    path("operators/deliveries", deliveries.deliveries, name="operators_deliveries"),
    path("operators/deliveries/act", deliveries.act_on_server, name="operators_act_on_server"),
]
