"""Addresses of careers, below `/karier/`."""

from django.urls import path

from terang.follow_up.career import views

app_name = "career"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("pegawai/<int:employee_id>/", views.person, name="person"),
    path("pegawai/<int:employee_id>/catat/", views.give, name="give"),
    path("indeks/", views.index, name="index"),
    path("kotak/", views.boxes, name="boxes"),
    path("pemeriksaan/", views.waiting, name="waiting"),
    path("data/<int:pk>/", views.declaration, name="declaration"),
    path("data/<int:pk>/periksa/", views.accept, name="confirm"),
    path("data/<int:pk>/kembalikan/", views.refuse, name="send_back"),
    path("data/<int:pk>/sanggah/", views.object_to, name="contest"),
    path("data/<int:pk>/jawab/", views.reply, name="answer"),
]
