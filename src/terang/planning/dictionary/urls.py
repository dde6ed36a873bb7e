from django.urls import path

from terang.planning.dictionary import views

app_name = "dictionary"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("baru/", views.entry_new, name="entry_new"),
    path("<int:pk>/", views.entry, name="entry"),
    path("<int:pk>/ubah/", views.entry_change, name="entry_change"),
    path("<int:pk>/hentikan/", views.entry_retire, name="entry_retire"),
    path("<int:pk>/pakai-lagi/", views.entry_restore, name="entry_restore"),
]
