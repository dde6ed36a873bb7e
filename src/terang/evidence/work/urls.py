from django.urls import path

from terang.evidence.work.views import deciding, entries, single

app_name = "work"
urlpatterns = [
    path("", entries.entries, name="entries"),
    path("baru/", entries.entry_new, name="entry_new"),
    path("isian/", entries.entry_form, name="entry_form"),
    path("rencana/", entries.plan, name="plan"),
    path("antrean/", deciding.queue, name="queue"),
    path("antrean/terima/", deciding.accept_many, name="accept_many"),
    path("<int:entry_id>/", single.entry, name="entry"),
    path("<int:entry_id>/lihat/", deciding.look, name="look"),
    path("<int:entry_id>/terima/", deciding.accept, name="accept"),
    path("<int:entry_id>/kembalikan/", deciding.give_back, name="return"),
    path("<int:entry_id>/perbaiki/", single.resubmit, name="resubmit"),
    path("<int:entry_id>/berkas/<int:file_id>/", single.entry_file, name="file"),
]
