from django.urls import path

from terang.evidence.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("baru/", views.open_new, name="open"),
    path("inspeksi/<int:inspection_id>/", views.inspection, name="inspection"),
    path("inspeksi/<int:inspection_id>/butir/", views.check_new, name="check_new"),
    path("butir/<int:pk>/tanggapan/", views.reply, name="reply"),
    path("butir/<int:pk>/tetap/", views.confirm, name="confirm"),
    path("butir/<int:pk>/cabut/", views.withdraw, name="withdraw"),
    path("butir/<int:pk>/perbaikan/", views.mend, name="mend"),
    path("butir/<int:pk>/periksa/", views.verify, name="verify"),
]
