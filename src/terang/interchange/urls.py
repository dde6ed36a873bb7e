from django.contrib.auth.decorators import login_required
from django.urls import path

from terang.interchange import views
from terang.interchange.api import application_views as applications
from terang.interchange.national import views as national
from terang.interchange.open311 import key_views
from terang.interchange.plans import views as plans
from terang.interchange.webhooks import views as webhooks

app_name = "interchange"
urlpatterns = [
    path("pegawai/", login_required(views.people), name="people"),
    path("pegawai/contoh/", login_required(views.template), name="template"),
    path("pegawai/<int:pk>/", login_required(views.preview), name="preview"),
    path("pegawai/<int:pk>/terapkan/", login_required(views.confirm), name="confirm"),
    path("pegawai/<int:pk>/salah/", login_required(views.problems), name="problems"),
    path("kunci/", login_required(key_views.keys), name="keys"),
    path("kunci/<int:pk>/cabut/", login_required(key_views.revoke), name="revoke_key"),
    path("kabar/", login_required(webhooks.webhooks), name="webhooks"),
    path("kabar/baru/", login_required(webhooks.add), name="webhook_new"),
    path("kabar/<int:pk>/", login_required(webhooks.webhook), name="webhook"),
    path("kabar/<int:pk>/ubah/", login_required(webhooks.change), name="webhook_change"),
    path("kabar/<int:pk>/rahasia/", login_required(webhooks.renew), name="webhook_renew"),
    path("kabar/<int:pk>/jeda/", login_required(webhooks.pause), name="webhook_pause"),
    path("kabar/<int:pk>/lanjut/", login_required(webhooks.resume), name="webhook_resume"),
    path("kabar/<int:pk>/akhiri/", login_required(webhooks.end), name="webhook_end"),
    path("kabar/<int:pk>/uji/", login_required(webhooks.trial), name="webhook_try"),
    path("aplikasi/", applications.applications, name="applications"),
    path("aplikasi/semua/", applications.everybodys, name="applications_all"),
    path("aplikasi/baru/", applications.new, name="application_new"),
    path("aplikasi/<int:pk>/cabut/", applications.end, name="application_end"),
    path("skp/", plans.plans, name="plans"),
    path("skp/contoh/", plans.template, name="plan_template"),
    path("skp/<int:pk>/", plans.preview, name="plan_preview"),
    path("skp/<int:pk>/terapkan/", plans.confirm, name="plan_confirm"),
    path("skp/<int:pk>/salah/", plans.problems, name="plan_problems"),
    path("nasional/", national.differences, name="national"),
    path("nasional/<int:pk>/", national.difference, name="national_difference"),
    path("nasional/bandingkan/", national.compare, name="national_compare"),
    path("nasional/serahkan/", national.hand_over, name="national_hand_over"),
    path("nasional/laporan/", national.reports, name="national_reports"),
    path("nasional/laporan/<int:pk>/", national.report, name="national_report"),
    path("nasional/laporan/<int:pk>/simpan/", national.confirm, name="national_confirm"),
    path("nasional/laporan/<int:pk>/salah/", national.problems, name="national_problems"),
]
