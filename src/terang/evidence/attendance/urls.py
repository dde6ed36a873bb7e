from django.urls import path

from terang.evidence.attendance import views

app_name = "attendance"
urlpatterns = [path("", views.month, name="month")]
