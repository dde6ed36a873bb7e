from django.contrib.auth.decorators import login_required
from django.urls import path

from terang.interchange import views
from terang.interchange.open311 import key_views
from terang.interchange.plans import views as plans

app_name = "interchange"
urlpatterns = [
    path("pegawai/", login_required(views.people), name="people"),
    path("pegawai/contoh/", login_required(views.template), name="template"),
    path("pegawai/<int:pk>/", login_required(views.preview), name="preview"),
    path("pegawai/<int:pk>/terapkan/", login_required(views.confirm), name="confirm"),
    path("pegawai/<int:pk>/salah/", login_required(views.problems), name="problems"),
    path("kunci/", login_required(key_views.keys), name="keys"),
    path("kunci/<int:pk>/cabut/", login_required(key_views.revoke), name="revoke_key"),
    path("skp/", plans.plans, name="plans"),
    path("skp/contoh/", plans.template, name="plan_template"),
    path("skp/<int:pk>/", plans.preview, name="plan_preview"),
    path("skp/<int:pk>/terapkan/", plans.confirm, name="plan_confirm"),
    path("skp/<int:pk>/salah/", plans.problems, name="plan_problems"),
]
