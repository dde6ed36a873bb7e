from django.urls import path

from terang.evidence.observation.views import answering, instruments, lists, marking, planning

app_name = "observation"
urlpatterns = [
    path("", lists.mine, name="mine"),
    path("diamati/", lists.given, name="given"),
    path("cakupan/", lists.covered, name="covered"),
    path("instrumen/", instruments.overview, name="instruments"),
    path("instrumen/baru/", instruments.new, name="instrument_new"),
    path("instrumen/<int:pk>/", instruments.instrument, name="instrument"),
    path("instrumen/<int:pk>/versi/", instruments.version_new, name="version_new"),
    path("rencana/<int:employee_id>/", planning.plan, name="plan"),
    path("lembar/<int:pk>/", marking.sheet, name="sheet"),
    path("<int:pk>/", lists.observation, name="observation"),
    path("<int:pk>/tujuan/", planning.prepare, name="prepare"),
    path("<int:pk>/sepakat/", planning.agree, name="agree"),
    path("<int:pk>/hari/", planning.reschedule, name="reschedule"),
    path("<int:pk>/batal/", planning.cancel, name="cancel"),
    path("<int:pk>/kedua/", planning.follow, name="follow"),
    path("<int:pk>/nilai-bersama/", marking.settle, name="settle"),
    path("<int:pk>/umpan-balik/", marking.tell, name="tell"),
    path("<int:pk>/tanggapan/", answering.reply, name="reply"),
    path("<int:pk>/refleksi/", answering.reflect, name="reflect"),
    path("<int:pk>/terima/", answering.accept, name="accept"),
    path("<int:pk>/pengamat-lain/", answering.contest, name="contest"),
    path("<int:pk>/pengamat-lain/tarik/", answering.uncontest, name="uncontest"),
    path("<int:pk>/pengamat-lain/tunjuk/", planning.renew, name="renew"),
    path("<int:pk>/ganti-pengamat/", planning.replace, name="replace"),
    path("<int:pk>/cabut/", answering.withdraw, name="withdraw"),
]
