"""Addresses of guidance, reports and counselling, below `/bimbingan/`."""

from django.urls import path

from terang.follow_up.coaching.views import behaviour, counselling, guidance, sessions

app_name = "coaching"
urlpatterns = [
    path("", guidance.mine, name="mine"),
    path("tim/", sessions.load, name="load"),
    path("pegawai/<int:employee_id>/buka/", guidance.start, name="start"),
    path("<int:pk>/", guidance.guidance, name="guidance"),
    path("<int:pk>/bagian-saya/", guidance.tell, name="tell"),
    path("<int:pk>/setuju/", guidance.accept, name="accept"),
    path("<int:pk>/tolak/", guidance.decline, name="decline"),
    path("<int:pk>/simpul/", guidance.conclude, name="conclude"),
    path("<int:pk>/selesai/", guidance.confirm_end, name="confirm_end"),
    path("<int:pk>/belum/", guidance.differ, name="differ"),
    path("<int:pk>/umpan-balik/", guidance.feedback, name="feedback"),
    path("<int:pk>/kompetensi/", guidance.review, name="review"),
    path("<int:pk>/sesi/", sessions.new, name="session_new"),
    path("sesi/<int:pk>/setuju/", sessions.agree, name="session_agree"),
    path("sesi/<int:pk>/pindah/", sessions.move, name="session_move"),
    path("sesi/<int:pk>/batal/", sessions.cancel, name="session_cancel"),
    path("sesi/<int:pk>/tulis/", sessions.write, name="session_write"),
    path("sesi/<int:pk>/sesuai/", sessions.confirm, name="session_confirm"),
    path("sesi/<int:pk>/langkah/", sessions.step_new, name="step_new"),
    path("langkah/<int:pk>/coret/", sessions.step_drop, name="step_drop"),
    path("langkah/<int:pk>/selesai/", sessions.step_done, name="step_done"),
    path("laporan/", behaviour.reports, name="reports"),
    path("laporan/<int:pk>/", behaviour.report, name="report"),
    path("laporan/pegawai/<int:employee_id>/", behaviour.report_new, name="report_new"),
    path("laporan/<int:pk>/tanggapan/", behaviour.reply, name="report_reply"),
    path("laporan/<int:pk>/jawab/", behaviour.answer, name="report_answer"),
    path("konselor/catat/", behaviour.counsellor_new, name="counsellor_new"),
    path("konselor/<int:pk>/akhiri/", behaviour.counsellor_end, name="counsellor_end"),
    path("konseling/", counselling.counsellings, name="counsellings"),
    path("konseling/minta/", counselling.ask, name="counselling_ask"),
    path("konseling/undang/", counselling.invite, name="counselling_invite"),
    path("konseling/<uuid:pk>/", counselling.counselling, name="counselling"),
    path("konseling/<uuid:pk>/<slug:verb>/", counselling.act, name="counselling_act"),
]
