"""Addresses of what is due and of the corrective action."""

from django.urls import path

from terang.follow_up.growth.views import corrective, due, improvement

app_name = "growth"
urlpatterns = [
    path("", due.mine, name="mine"),
    path("tim/", due.others, name="others"),
    path("<int:pk>/", due.due, name="due"),
    path("<int:pk>/selesai/", due.settle, name="settle"),
    path("perbaikan/<int:pk>/", corrective.action, name="action"),
    path("perbaikan/<int:pk>/rencana/", corrective.plan, name="plan"),
    path("perbaikan/<int:pk>/langkah/", corrective.step_new, name="step_new"),
    path("perbaikan/langkah/<int:pk>/coret/", corrective.step_drop, name="step_drop"),
    path("perbaikan/langkah/<int:pk>/selesai/", corrective.step_done, name="step_done"),
    path("perbaikan/<int:pk>/pandangan/", corrective.view, name="view"),
    path("perbaikan/<int:pk>/sebab/beri-tahu/", corrective.tell_cause, name="tell_cause"),
    path("perbaikan/<int:pk>/usul/", corrective.propose, name="propose"),
    path("perbaikan/<int:pk>/tiadakan/", corrective.drop, name="drop"),
    path("perbaikan/<int:pk>/setuju/", corrective.agree, name="agree"),
    path("perbaikan/<int:pk>/kembali/", corrective.give_back, name="give_back"),
    path("perbaikan/<int:pk>/simpul/", corrective.conclude, name="conclude"),
    path("perbaikan/<int:pk>/pulih/", corrective.confirm, name="confirm"),
    path("perbaikan/<int:pk>/belum/", corrective.differ, name="differ"),
    path("perbaikan/<int:pk>/panjang/", corrective.extend, name="extend"),
    path("kesempatan/<int:pk>/", improvement.improvement, name="improvement"),
    path("kesempatan/<int:pk>/rencana/", improvement.plan, name="case_plan"),
    path("kesempatan/<int:pk>/usul/", improvement.propose, name="case_propose"),
    path("kesempatan/<int:pk>/setuju/", improvement.agree, name="case_agree"),
    path("kesempatan/<int:pk>/mulai/", improvement.begin, name="case_begin"),
    path("kesempatan/<int:pk>/kembali/", improvement.give_back, name="case_return"),
    path("kesempatan/<int:pk>/pandangan/", improvement.view, name="case_view"),
    path("kesempatan/<int:pk>/panjang/", improvement.extend, name="case_extend"),
    path("kesempatan/<int:pk>/nilai/", improvement.evaluate, name="case_evaluate"),
    path("kesempatan/<int:pk>/tanggapan/", improvement.answer, name="case_answer"),
    path("kesempatan/<int:pk>/teruskan/", improvement.pass_on, name="case_pass_on"),
    path("kesempatan/<int:pk>/siapkan/", improvement.prepare, name="case_prepare"),
    path("kesempatan/<int:pk>/putus/", improvement.decide, name="case_decide"),
    path("kesempatan/periksa/<int:pk>/", improvement.check, name="check"),
    path("kesempatan/periksa/<int:pk>/nyatakan/", improvement.check_confirm, name="check_confirm"),
]
