"""Addresses of training, below `/pelatihan/`."""

from django.urls import path

from terang.follow_up.training.views import catalogue, declared, own, plans, rosters, sessions, sheets, testing

app_name = "training"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("tim/", own.team, name="team"),
    path("pegawai/<int:employee_id>/", own.person, name="person"),
    path("katalog/", catalogue.courses, name="courses"),
    path("katalog/baru/", catalogue.new, name="course_new"),
    path("katalog/<int:pk>/", catalogue.course, name="course"),
    path("katalog/<int:pk>/ubah/", catalogue.change, name="course_change"),
    path("katalog/<int:pk>/tarik/", catalogue.withdraw, name="course_withdraw"),
    path("rencana/<int:pk>/", plans.item, name="item"),
    path("rencana/usul/<int:course_id>/<int:employee_id>/", plans.propose, name="propose"),
    path("rencana/<int:pk>/setuju/", plans.agree, name="agree"),
    path("rencana/<int:pk>/tolak/", plans.decline, name="decline"),
    path("rencana/<int:pk>/tarik/", plans.withdraw, name="withdraw"),
    path("jadwal/", sessions.calendar, name="calendar"),
    path("jadwal/baru/<int:course_id>/", sessions.new, name="session_new"),
    path("jadwal/<int:pk>/", sessions.session, name="session"),
    path("jadwal/<int:pk>/ubah/", sessions.change, name="session_change"),
    path("jadwal/<int:pk>/batal/", sessions.cancel, name="session_cancel"),
    path("jadwal/<int:pk>/daftar/", sessions.take_seat, name="enrol"),
    path("jadwal/<int:pk>/undang/", sessions.invite_people, name="invite"),
    path("jadwal/<int:pk>/tutup/", rosters.finish, name="finish"),
    path("hari/<int:pk>/hadir/", rosters.roster, name="roster"),
    path("peserta/<int:pk>/keluar/", sessions.give_back, name="leave"),
    path("peserta/<int:pk>/tolak/", sessions.refuse, name="refuse"),
    path("katalog/<int:pk>/uji/", testing.write, name="test_write"),
    path("peserta/<int:pk>/uji/<str:phase>/", testing.take, name="test"),
    path("luar/baru/", declared.new, name="declare"),
    path("luar/<int:pk>/", declared.declared, name="declared"),
    path("luar/<int:pk>/sertifikat/", declared.proof, name="proof"),
    path("luar/<int:pk>/periksa/", declared.accept, name="verify"),
    path("luar/<int:pk>/kembalikan/", declared.refuse, name="return"),
    path("luar/<int:pk>/sanggah/", declared.object_to, name="contest"),
    path("luar/<int:pk>/jawab/", declared.reply, name="answer"),
    path("pemeriksaan/", declared.waiting, name="waiting"),
    path("impor/", sheets.sheets, name="sheets"),
    path("impor/contoh.csv", sheets.template, name="sheet_template"),
    path("impor/<int:pk>/", sheets.sheet, name="sheet"),
    path("impor/<int:pk>/terapkan/", sheets.take_over, name="sheet_apply"),
    path("impor/<int:pk>/periksa/", sheets.verify_all, name="sheet_verify"),
]
