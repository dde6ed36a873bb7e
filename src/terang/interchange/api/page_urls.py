"""The page about the API, for people."""

from django.urls import path

from terang.interchange.api.pages import page

app_name = "api_door"
urlpatterns = [path("", page, name="page")]
