"""Addresses of careers, below `/karier/`."""

from django.urls import path

from terang.follow_up.career.views import careers, deciding, declared, pools, promotions

app_name = "career"
urlpatterns = [
    path("", careers.mine, name="mine"),
    path("pegawai/<int:employee_id>/", careers.person, name="person"),
    path("pegawai/<int:employee_id>/catat/", declared.give, name="give"),
    path("indeks/", careers.index, name="index"),
    path("kotak/", careers.boxes, name="boxes"),
    path("pemeriksaan/", declared.waiting, name="waiting"),
    path("data/<int:pk>/", declared.declaration, name="declaration"),
    path("data/<int:pk>/periksa/", declared.accept, name="confirm"),
    path("data/<int:pk>/kembalikan/", declared.refuse, name="send_back"),
    path("data/<int:pk>/sanggah/", declared.object_to, name="contest"),
    path("data/<int:pk>/jawab/", declared.reply, name="answer"),
    path("kenaikan/", promotions.candidates, name="candidates"),
    path("kenaikan/<int:employee_id>/", promotions.candidate, name="candidate"),
    path("kenaikan/<int:employee_id>/usulkan/", promotions.propose, name="propose_rank"),
    path("jabatan/", pools.vacant, name="vacancies"),
    path("jabatan/<int:post_id>/buka/", pools.begin, name="open_pool"),
    path("kelompok/<int:pk>/", pools.pool, name="pool"),
    path("kelompok/<int:pk>/jawab/", pools.answer, name="answer_pool"),
    path("kelompok/<int:pk>/tutup/", pools.close, name="close_pool"),
    path("kelompok/<int:pk>/calon/<int:employee_id>/", pools.contender, name="contender"),
    path("kelompok/<int:pk>/calon/<int:employee_id>/usulkan/", pools.propose, name="propose_post"),
    path("usulan/", deciding.proposals, name="proposals"),
    path("usulan/<int:pk>/", deciding.proposal, name="proposal"),
    path("usulan/<int:pk>/putuskan/", deciding.rule, name="decide"),
]
