from django.contrib.auth.decorators import login_required
from django.urls import path

from terang.reporting.documents import (
    appraisal_views,
    award_views,
    certificate_views,
    credit_views,
    guidance_views,
    observation_views,
    outage_views,
    record_views,
    score_views,
    survey_views,
    views,
    visit_views,
)
from terang.reporting.documents.checking import find, verify

app_name = "documents"
urlpatterns = [
    path("dokumen/", login_required(views.packets), name="packets"),
    path("dokumen/darurat/", login_required(outage_views.outage_forms), name="outage_forms"),
    path("dokumen/paket/<int:pk>/", login_required(views.packet), name="packet"),
    path("dokumen/paket/<int:pk>/ulang/", login_required(views.packet_again), name="packet_again"),
    path("dokumen/paket/<int:pk>/berkas/", login_required(views.packet_file), name="packet_file"),
    path("dokumen/skp/<int:pk>/", login_required(views.version), name="version"),
    path("dokumen/skp/<int:pk>/pdf/", login_required(views.plan), name="plan"),
    path("dokumen/skp/<int:pk>/xlsx/", login_required(views.plan_xlsx), name="plan_xlsx"),
    path("dokumen/matriks/<int:pk>/pdf/", login_required(views.matrix), name="matrix"),
    path("dokumen/matriks/<int:pk>/xlsx/", login_required(views.matrix_xlsx), name="matrix_xlsx"),
    path("dokumen/laporan/<int:pk>/pdf/", login_required(views.report), name="report"),
    path("dokumen/rekaman/<int:pk>/", login_required(record_views.record), name="record"),
    path("dokumen/rekaman/pegawai/<int:employee_id>/", login_required(record_views.record_of), name="record_of"),
    path("dokumen/rekaman/<int:pk>/pdf/", login_required(record_views.record_file), name="record_file"),
    path("dokumen/survei/<int:pk>/pdf/", login_required(survey_views.survey), name="survey"),
    path("dokumen/survei/<int:pk>/xlsx/", login_required(survey_views.survey_xlsx), name="survey_xlsx"),
    path("dokumen/survei/periode/<int:pk>/pdf/", login_required(survey_views.survey_draft), name="survey_draft"),
    path("dokumen/kunjungan/<int:pk>/pdf/", login_required(visit_views.minutes), name="minutes"),
    path(
        "dokumen/penjelasan/nilai/<int:period_id>/<int:employee_id>/pdf/",
        login_required(score_views.score),
        name="explained_score",
    ),
    path("dokumen/penjelasan/hasil/<int:pk>/pdf/", login_required(score_views.result), name="explained_result"),
    path("dokumen/observasi/<int:pk>/pdf/", login_required(observation_views.observation), name="observation"),
    path("dokumen/pelatihan/<int:pk>/pdf/", login_required(certificate_views.certificate), name="certificate"),
    path("dokumen/penghargaan/<int:pk>/pdf/", login_required(award_views.award), name="award"),
    path("dokumen/evaluasi/<int:pk>/pdf/", login_required(appraisal_views.evaluation), name="evaluation"),
    path("dokumen/bimbingan/<int:pk>/<slug:form>/pdf/", login_required(guidance_views.guidance), name="guidance"),
    path("dokumen/perilaku/<int:pk>/pdf/", login_required(guidance_views.behaviour), name="behaviour"),
    path("dokumen/angka-kredit/<int:pk>/pdf/", login_required(credit_views.credit), name="credit"),
    path(
        "dokumen/evaluasi/masa/<int:window_id>/",
        login_required(appraisal_views.evaluation_packets),
        name="evaluation_packets",
    ),
    path("periksa/", find, name="find"),
    path("periksa/<str:code>/", verify, name="verify"),
]
