from django.urls import path

from terang.planning.matrix.views import cells, columns, members, people, sheet

app_name = "matrix"
urlpatterns = [
    path("", sheet.own, name="own"),
    path("mulai/", sheet.begin, name="begin"),
    path("<int:pk>/", sheet.show, name="show"),
    path("<int:pk>/perbarui/", sheet.sync, name="sync"),
    path("<int:pk>/cakupan/", sheet.coverage, name="coverage"),
    path("<int:pk>/jawaban/", sheet.waiting, name="waiting"),
    path("<int:pk>/dari-bawah/", sheet.below, name="below"),
    path("<int:pk>/kolom-baru/", columns.column_new, name="column_new"),
    path("kolom/<int:pk>/", columns.column, name="column"),
    path("kolom/<int:pk>/ubah/", columns.column_edit, name="column_edit"),
    path("<int:pk>/orang-baru/", people.person_new, name="person_new"),
    path("orang/<int:pk>/", people.person, name="person"),
    path("persetujuan/", people.requests, name="requests"),
    path("persetujuan/<int:pk>/", people.decide, name="decide"),
    path("sel/<int:member_pk>/<int:column_pk>/", cells.cell, name="cell"),
    path("bagian/<int:pk>/jawab/", cells.answer, name="answer"),
    path("tawaran/", members.mine, name="mine"),
    path("tawaran/<int:plan_pk>/", members.offers, name="offers"),
    path("tawaran/<int:plan_pk>/ambil/", members.take, name="take"),
    path("bagian/<int:pk>/persoalkan/", members.dispute, name="dispute"),
    path("bagian/<int:pk>/tarik-usulan/", members.retract, name="retract"),
    path("usulan/", members.propose, name="propose"),
]
