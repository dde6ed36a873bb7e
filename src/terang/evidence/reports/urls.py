from django.urls import path

from terang.evidence.reports.views import keeping, reading, writing

app_name = "reports"
urlpatterns = [
    path("", writing.own, name="own"),
    path("semua/", reading.all_reports, name="list"),
    path("antrean/", reading.queue, name="queue"),
    path("mulai/", writing.start, name="start"),
    path("ketentuan/", keeping.terms, name="terms"),
    path("ketentuan/baru/", keeping.terms_new, name="terms_new"),
    path("<int:pk>/", reading.report, name="report"),
    path("<int:pk>/tulis/", writing.write, name="write"),
    path("<int:pk>/selesai/", writing.finish, name="finish"),
    path("<int:pk>/tinjau/", writing.look, name="look"),
    path("bacaan/<int:pk>/ambil/", reading.take, name="take"),
    path("bacaan/<int:pk>/nilai/", reading.judge, name="judge"),
    path("bacaan/<int:pk>/kembalikan/", reading.give_back, name="give_back"),
]
