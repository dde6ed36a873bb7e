"""Addresses of drafts, and of versions side by side and as files."""

from django.urls import path

from terang.evaluation.drafts.views import deciding, reading, writing

app_name = "policy_drafts"
urlpatterns = [
    path("draf/", writing.drafts, name="list"),
    path("draf/baru/", writing.begin, name="begin"),
    path("draf/<int:pk>/", writing.draft, name="draft"),
    path("draf/<int:pk>/ajukan/", deciding.submit, name="submit"),
    path("draf/<int:pk>/tarik/", deciding.withdraw, name="withdraw"),
    path("draf/<int:pk>/buang/", deciding.discard, name="discard"),
    path("draf/<int:pk>/setujui/", deciding.approve, name="approve"),
    path("draf/<int:pk>/kembalikan/", deciding.send_back, name="send_back"),
    path("draf/<int:pk>/berkas/<slug:kind>/", reading.draft_file, name="draft_file"),
    path("draf/<int:pk>/langkah/<slug:slug>/", writing.step, name="step"),
    path("banding/<int:old>/<int:new>/", reading.compare, name="compare"),
    path("<int:version>/berkas/<slug:kind>/", reading.version_file, name="version_file"),
]
