from django.urls import path

from terang.evidence.oversight.views import offline, photos, points, visits

app_name = "oversight"
urlpatterns = [
    path("", visits.mine, name="mine"),
    path("baru/", visits.open_new, name="open"),
    path("inspeksi/<int:inspection_id>/", visits.inspection, name="inspection"),
    path("inspeksi/<int:inspection_id>/butir/", points.check_new, name="check_new"),
    path("luring/", offline.shell_form, name="offline"),
    path("luring/meja/", offline.desk, name="offline_desk"),
    path("luring/terima/", offline.door, name="receive"),
    path("butir/<int:pk>/foto/<int:number>/", photos.photo, name="photo"),
    path("butir/<int:pk>/tanggapan/", points.reply, name="reply"),
    path("butir/<int:pk>/tetap/", points.confirm, name="confirm"),
    path("butir/<int:pk>/cabut/", points.withdraw, name="withdraw"),
    path("butir/<int:pk>/perbaikan/", points.mend, name="mend"),
    path("butir/<int:pk>/periksa/", points.verify, name="verify"),
]
