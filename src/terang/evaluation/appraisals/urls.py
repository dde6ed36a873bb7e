"""Addresses of the official evaluation."""

from django.urls import path

from terang.evaluation.appraisals.views import desk, objections, results, windows

app_name = "appraisals"
urlpatterns = [
    path("", results.mine, name="mine"),
    path("<int:pk>/", results.result, name="result"),
    path("<int:pk>/terima/", results.receive, name="receive"),
    path("<int:pk>/setuju/", results.accept, name="accept"),
    path("<int:pk>/buka/", desk.reopen, name="reopen"),
    path("<int:pk>/keberatan/", objections.file, name="object"),
    path("usul/<int:pk>/", results.carry, name="carry"),
    path("menilai/<int:window_id>/<int:employee_id>/pakai/", desk.propose, name="propose_carry"),
    path("keberatan/", objections.waiting, name="objections"),
    path("keberatan/<int:pk>/penjelasan/", objections.answer, name="answer"),
    path("keberatan/<int:pk>/putusan/", objections.decide, name="decide"),
    path("menilai/", desk.current, name="current"),
    path("menilai/<int:window_id>/", desk.desk, name="desk"),
    path("menilai/<int:window_id>/serahkan/<int:unit_id>/", desk.give, name="hand_over"),
    path("menilai/<int:window_id>/<int:employee_id>/", desk.rate, name="rate"),
    path("masa/", windows.all_windows, name="windows"),
    path("masa/buka/", windows.open_new, name="open"),
    path("masa/setahun/", windows.open_all, name="open_year"),
    path("masa/<int:pk>/", windows.window, name="window"),
    path("masa/<int:pk>/ubah/", windows.move, name="move"),
    path("masa/<int:pk>/unit/", windows.unit_days, name="unit_days"),
    path("masa/<int:pk>/unit/<int:days_id>/cabut/", windows.drop_days, name="drop_days"),
    path("masa/<int:pk>/ingatkan/<int:unit_id>/", windows.remind, name="remind"),
    path("masa/<int:pk>/organisasi/", windows.organisations, name="organisations"),
]
