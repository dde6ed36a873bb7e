from django.urls import path

from terang.evidence.work import views

app_name = "work"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("baru/", views.entry_new, name="entry_new"),
    path("isian/", views.entry_form, name="entry_form"),
    path("rencana/", views.plan, name="plan"),
    path("antrean/", views.queue, name="queue"),
    path("antrean/terima/", views.accept_many, name="accept_many"),
    path("<int:entry_id>/", views.entry, name="entry"),
    path("<int:entry_id>/terima/", views.accept, name="accept"),
    path("<int:entry_id>/kembalikan/", views.give_back, name="return"),
    path("<int:entry_id>/perbaiki/", views.resubmit, name="resubmit"),
    path("<int:entry_id>/berkas/<int:file_id>/", views.entry_file, name="file"),
]
