from django.urls import path

from terang.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.register, name="register"),
    path("lapor/", views.report, name="report"),
    path("lapor/diterima/", views.told, name="told"),
    path("<int:pk>/", views.breach, name="breach"),
    path("<int:pk>/fakta/", views.facts, name="facts"),
    path("<int:pk>/kirim/", views.notify, name="notify"),
    path("<int:pk>/kirim/<int:notice>/batal/", views.withdraw, name="withdraw"),
    path("<int:pk>/surat/<slug:recipient>/", views.letter, name="letter"),
    path("<int:pk>/akhiri/<slug:how>/", views.end, name="end"),
]
