from django.urls import path

from terang.evidence.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("inspeksi/<int:inspection_id>/", views.inspection, name="inspection"),
]
