"""Addresses of GeoReport v2, once for real and once for trying out: `open311:requests`, `open311_trial:requests`."""

from django.urls import path, register_converter

from terang.interchange.open311 import views


class Format:
    regex = "json|xml"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Format, "open311_format")
app_name = "open311"
urlpatterns = [
    path("discovery", views.discovery, name="discovery"),
    path("discovery.<open311_format:form>", views.discovery, name="discovery_as"),
    path("services.<open311_format:form>", views.services, name="services"),
    path("services/<str:code>.<open311_format:form>", views.service, name="service"),
    path("requests.<open311_format:form>", views.requests, name="requests"),
    path("requests/<str:number>.<open311_format:form>", views.request_of, name="request"),
    path("tokens/<str:token>.<open311_format:form>", views.token, name="token"),
]
