from django.urls import path

from terang.evidence.work.views import behind, deciding, entries, favourites, outbox, silence, single, week, writing

app_name = "work"
urlpatterns = [
    path("", entries.entries, name="entries"),
    path("baru/", writing.entry_new, name="entry_new"),
    path("isian/", writing.entry_form, name="entry_form"),
    path("isian/periksa/", writing.entry_check, name="entry_check"),
    path("hari-ini/", writing.day, name="drafts"),
    path("draf/bukan/", writing.draft_drop, name="draft_drop"),
    path("minggu/", week.week, name="week"),
    path("favorit/", favourites.favourites, name="favourites"),
    path("favorit/<int:favourite_id>/ubah/", favourites.favourite_change, name="favourite_change"),
    path("favorit/<int:favourite_id>/hapus/", favourites.favourite_remove, name="favourite_remove"),
    path("rencana/", entries.plan, name="plan"),
    path("di-balik/<slug:code>/", behind.behind, name="behind"),
    path("antrean/", deciding.queue, name="queue"),
    path("antrean/belum-dijawab/", silence.unanswered, name="unanswered"),
    path("antrean/ingatkan/<int:employee_id>/", silence.remind, name="remind"),
    path("antrean/terima/", deciding.accept_many, name="accept_many"),
    path("luring/", outbox.shell_form, name="offline"),
    path("luring/meja/", outbox.desk, name="offline_desk"),
    path("luring/pengirim/", outbox.sender, name="sender"),
    path("luring/terima/", outbox.door, name="receive"),
    path("belum-terkirim/", outbox.shell_list, name="outbox"),
    path("resi/", outbox.receipt, name="receipt"),
    path("<int:entry_id>/", single.entry, name="entry"),
    path("<int:entry_id>/favorit/", favourites.favourite_new, name="favourite_new"),
    path("<int:entry_id>/lihat/", deciding.look, name="look"),
    path("<int:entry_id>/terima/", deciding.accept, name="accept"),
    path("<int:entry_id>/kembalikan/", deciding.give_back, name="return"),
    path("<int:entry_id>/perbaiki/", single.resubmit, name="resubmit"),
    path("<int:entry_id>/tarik/", single.withdraw, name="withdraw"),
    path("<int:entry_id>/berkas/<int:file_id>/", single.entry_file, name="file"),
]
