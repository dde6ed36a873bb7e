"""The address of the burden meter, `/waktu-mengisi/`."""

from django.urls import path

from terang.follow_up.burden import views

app_name = "burden"
urlpatterns = [path("", views.forms, name="forms")]
