"""Every address of Terang, room by room. Addresses are Indonesian, names English: `work:entry_new`."""

from django.urls import include, path

urlpatterns = [
    path("", include("terang.web.urls")),
    path("", include("terang.reporting.boards.urls")),
    path("", include("terang.reporting.running.urls")),
    path("publik/", include("terang.reporting.boards.public.urls")),
    path("akun/", include("terang.accounts.urls")),
    path("", include("terang.accounts.entrance_urls")),
    path("unit/", include("terang.registry.organization.urls")),
    path("pegawai/", include("terang.registry.people.urls")),
    path("skp/", include("terang.planning.plans.urls")),
    path("sasaran/", include("terang.planning.goals.urls")),
    path("matriks/", include("terang.planning.matrix.urls")),
    path("kegiatan/", include("terang.evidence.work.urls")),
    path("kehadiran/", include("terang.evidence.attendance.urls")),
    path("laporan/", include("terang.evidence.reports.urls")),
    path("iclock/", include("terang.evidence.attendance.push_urls")),
    path("layanan/", include("terang.evidence.citizens.urls")),
    path("pengaduan/", include("terang.evidence.complaints.urls")),
    path("rekan/", include("terang.evidence.colleagues.urls")),
    path("umpan-balik/", include("terang.evidence.dialogue.urls")),
    path("observasi/", include("terang.evidence.observation.urls")),
    path("pengawasan/", include("terang.evidence.oversight.urls")),
    path("pertanyaan-pengawasan/", include("terang.evidence.signals.urls")),
    path("nilai/kebijakan/", include("terang.evaluation.drafts.urls")),
    path("nilai/", include("terang.evaluation.urls")),
    path("penutupan/", include("terang.evaluation.closing.urls")),
    path("karier/", include("terang.follow_up.career.urls")),
    path("pelatihan/", include("terang.follow_up.training.urls")),
    path("evaluasi/putusan/", include("terang.evaluation.precedents.urls")),
    path("evaluasi/angka-kredit/", include("terang.evaluation.credit.urls")),
    path("evaluasi/penyelarasan/", include("terang.evaluation.calibration.urls")),
    path("evaluasi/", include("terang.evaluation.appraisals.urls")),
    path("putar-ulang/", include("terang.evaluation.replay.urls")),
    path("keadilan/", include("terang.evaluation.fairness.urls")),
    path("tindak-lanjut/", include("terang.follow_up.growth.urls")),
    path("tunjangan/", include("terang.follow_up.allowance.urls")),
    path("penjelasan/", include("terang.follow_up.explainers.urls")),
    path("suara/", include("terang.follow_up.pulse.urls")),
    path("waktu-mengisi/", include("terang.follow_up.burden.urls")),
    path("impor/", include("terang.interchange.urls")),
    path("api/v1/penjelasan/", include("terang.interchange.explaining.urls")),
    path("open311/v2/", include("terang.interchange.open311.urls")),
    path(
        "open311/uji/v2/",
        include(("terang.interchange.open311.urls", "open311"), namespace="open311_trial"),
        {"trial": True},
    ),
    path("jejak/", include("terang.reporting.journal.urls")),
    path("kabar/", include("terang.reporting.notices.urls")),
    path("", include("terang.reporting.documents.urls")),
    path("kamus-indikator/", include("terang.planning.dictionary.urls")),
    path("berkas/", include("terang.custody.urls")),
    path("pelindungan-data/", include("terang.privacy.urls")),
    path("demo/", include("terang.demo.urls")),
]

handler400 = "terang.web.states.bad_request"
handler403 = "terang.web.states.forbidden"
handler404 = "terang.web.states.not_found"
handler500 = "terang.web.states.server_error"
