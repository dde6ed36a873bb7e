from django.urls import path

from terang.evidence.dialogue.views import giving, reading, talks

app_name = "dialogue"
urlpatterns = [
    path("", reading.mine, name="mine"),
    path("diberikan/", reading.given, name="given"),
    path("permintaan/", reading.asks, name="asks"),
    path("permintaan/<int:pk>/", giving.answer, name="answer"),
    path("permintaan/<int:pk>/tidak/", giving.decline, name="decline"),
    path("pimpinan/", reading.leaders, name="leaders"),
    path("irama/", giving.terms, name="terms"),
    path("pegawai/", giving.choose, name="choose"),
    path("pegawai/<int:employee_id>/", reading.person, name="person"),
    path("pegawai/<int:employee_id>/beri/", giving.give, name="give"),
    path("pegawai/<int:employee_id>/minta/", giving.ask, name="ask"),
    path("dialog/", talks.talks, name="talks"),
    path("dialog/dengan/<int:employee_id>/", talks.call, name="call"),
    path("dialog/<int:pk>/", talks.talk, name="talk"),
    path("dialog/<int:pk>/pokok/", talks.point_new, name="point_new"),
    path("dialog/pokok/<int:pk>/", talks.point_note, name="point_note"),
    path("dialog/<int:pk>/kesepakatan/", talks.agreement_new, name="agreement_new"),
    path("dialog/kesepakatan/<int:pk>/coret/", talks.agreement_drop, name="agreement_drop"),
    path("dialog/kesepakatan/<int:pk>/selesai/", talks.agreement_settle, name="agreement_settle"),
    path("dialog/<int:pk>/berlangsung/", talks.tell, name="tell"),
    path("dialog/<int:pk>/konfirmasi/", talks.confirm, name="confirm"),
    path("dialog/<int:pk>/kembalikan/", talks.give_back, name="give_back"),
    path("dialog/<int:pk>/batal/", talks.cancel, name="cancel"),
    path("<int:pk>/", reading.feedback, name="feedback"),
    path("<int:pk>/tanggapan/", giving.reply, name="reply"),
    path("<int:pk>/cabut/", giving.withdraw, name="withdraw"),
]
