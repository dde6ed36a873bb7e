from django.urls import path

from terang.demo import views

app_name = "demo"
urlpatterns = [
    path("masuk/", views.sign_in_as, name="sign_in_as"),
    path("tur/<slug:code>/", views.tour, name="tour"),
]
