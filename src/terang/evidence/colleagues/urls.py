from django.urls import path

from terang.evidence.colleagues.views import office, raters

app_name = "colleagues"
urlpatterns = [
    path("", raters.tickets, name="tickets"),
    path("<int:ticket_id>/", raters.answer, name="answer"),
    path("<int:ticket_id>/kembalikan/", raters.decline, name="decline"),
    path("kerahasiaan/", raters.promise, name="promise"),
    path("hasil/", raters.results, name="results"),
    path("putaran/", office.rounds, name="rounds"),
    path("putaran/baru/", office.round_new, name="round_new"),
    path("putaran/<int:round_id>/", office.round_page, name="round"),
    path("putaran/<int:round_id>/batal/", office.round_cancel, name="round_cancel"),
    path("benturan/", office.conflicts, name="conflicts"),
    path("benturan/baru/", office.conflict_new, name="conflict_new"),
    path("benturan/<int:conflict_id>/akhiri/", office.conflict_end, name="conflict_end"),
]
