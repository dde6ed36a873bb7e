"""The addresses of leave, duty and disputed days."""

from django.urls import path

from terang.evidence.attendance.views import disputes, duty, flexible, leave, month, roster

patterns = [
    path("tidak-masuk/", month.absence, name="absence"),
    path("cuti/", leave.leaves, name="leaves"),
    path("cuti/baru/", leave.leave_new, name="leave_new"),
    path("cuti/hitung/", leave.leave_count, name="leave_count"),
    path("cuti/antrean/", leave.leave_queue, name="leave_queue"),
    path("cuti/tim/", leave.leave_calendar, name="leave_calendar"),
    path("cuti/saldo/", leave.balance, name="balance"),
    path("cuti/saldo/<int:pk>/", leave.balance_opening, name="balance_opening"),
    path("cuti/<int:pk>/", leave.leave, name="leave"),
    path("cuti/<int:pk>/putuskan/", leave.leave_decide, name="leave_decide"),
    path("cuti/<int:pk>/tarik/", leave.leave_withdraw, name="leave_withdraw"),
    path("cuti/<int:pk>/akhiri/", leave.leave_end, name="leave_end"),
    path("cuti/<int:pk>/berkas/", leave.leave_file, name="leave_file"),
    path("dinas/", duty.duties, name="duties"),
    path("dinas/baru/", duty.duty_new, name="duty_new"),
    path("dinas/periksa/", duty.duty_check, name="duty_check"),
    path("dinas/<int:pk>/", duty.duty, name="duty"),
    path("dinas/<int:pk>/batal/", duty.duty_cancel, name="duty_cancel"),
    path("dinas/<int:pk>/berkas/", duty.duty_file, name="duty_file"),
    path("sif/", roster.rosters, name="rosters"),
    path("sif/<int:unit>/", roster.roster, name="roster"),
    path("sif/<int:unit>/pegawai/<int:pk>/", roster.roster_person, name="roster_person"),
    path("sif/<int:unit>/salin/", roster.roster_copy, name="roster_copy"),
    path("sif/<int:unit>/tambah/", roster.shift_new, name="shift_new"),
    path("sif/<int:unit>/hentikan/<int:pk>/", roster.shift_retire, name="shift_retire"),
    path("fleksibel/", flexible.flexibles, name="flexibles"),
    path("fleksibel/baru/", flexible.flexible_new, name="flexible_new"),
    path("fleksibel/<int:pk>/", flexible.flexible, name="flexible"),
    path("fleksibel/<int:pk>/batal/", flexible.flexible_cancel, name="flexible_cancel"),
    path("keberatan/baru/", disputes.dispute_new, name="dispute_new"),
    path("keberatan/<int:pk>/", disputes.dispute, name="dispute"),
    path("keberatan/<int:pk>/jawab/", disputes.dispute_answer, name="dispute_answer"),
    path("keberatan/<int:pk>/berkas/", disputes.dispute_file, name="dispute_file"),
]
