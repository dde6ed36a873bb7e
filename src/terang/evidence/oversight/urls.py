from django.urls import path

from terang.evidence.oversight.views import cases, checklists, missions, overdue, points, roster, visits

app_name = "oversight"
urlpatterns = [
    path("", visits.mine, name="mine"),
    path("baru/", visits.open_new, name="open"),
    path("tindak-lanjut/", overdue.overdue, name="overdue"),
    path("butir-tetap/", checklists.items, name="items"),
    path("butir-tetap/baru/", checklists.item_new, name="item_new"),
    path("butir-tetap/akhiri/", checklists.item_end, name="item_end"),
    path("misi/", missions.missions, name="missions"),
    path("misi/baru/", missions.prepare, name="mission_new"),
    path("misi/<int:pk>/", missions.mission, name="mission"),
    path("misi/<int:pk>/daftar.txt", missions.mission_list, name="mission_list"),
    path("misi/<int:pk>/unit/", missions.listing, name="mission_units"),
    path("misi/<int:pk>/risiko/", missions.risk, name="mission_risk"),
    path("misi/<int:pk>/bekukan/", missions.freeze, name="mission_freeze"),
    path("misi/<int:pk>/undi/", missions.draw, name="mission_draw"),
    path("misi/<int:pk>/batal/", missions.cancel, name="mission_cancel"),
    path("misi/<int:pk>/kunjungan/<int:listed_id>/", missions.visit, name="mission_visit"),
    path("inspeksi/<int:inspection_id>/", visits.inspection, name="inspection"),
    path("inspeksi/<int:inspection_id>/hadir/", roster.roster, name="roster"),
    path("inspeksi/<int:inspection_id>/daftar/", checklists.checklist, name="checklist"),
    path("inspeksi/<int:inspection_id>/kasus/", cases.cases, name="cases"),
    path("inspeksi/<int:inspection_id>/kasus/undi/", cases.draw, name="cases_draw"),
    path("kasus/<int:pk>/", cases.case, name="case"),
    path("kasus/<int:pk>/log/", cases.case_open, name="case_open"),
    path("inspeksi/<int:inspection_id>/butir/", points.check_new, name="check_new"),
    path("butir/<int:pk>/tanggapan/", points.reply, name="reply"),
    path("butir/<int:pk>/tetap/", points.confirm, name="confirm"),
    path("butir/<int:pk>/cabut/", points.withdraw, name="withdraw"),
    path("butir/<int:pk>/perbaikan/", points.mend, name="mend"),
    path("butir/<int:pk>/periksa/", points.verify, name="verify"),
]
