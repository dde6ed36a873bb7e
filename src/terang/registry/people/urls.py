from django.urls import path

from terang.registry.people.views import lists, person, units

app_name = "people"
urlpatterns = [
    path("", lists.people, name="list"),
    path("tambah/", lists.employee_new, name="employee_new"),
    path("meja/", lists.desk, name="desk"),
    path("ketidakcocokan/", lists.mismatch_inbox, name="mismatches"),
    path("peran/", lists.roles, name="roles"),
    path("peran/beri/", lists.role_new, name="role_new"),
    path("peran/<int:pk>/akhiri/", lists.role_end, name="role_end"),
    path("unit/", units.unit_tree, name="tree"),
    path("unit/<int:pk>/", units.unit, name="unit"),
    path("unit/<int:pk>/tambah/", units.unit_new, name="unit_new"),
    path("unit/<int:pk>/tutup/", units.unit_close, name="unit_close"),
    path("unit/<int:pk>/jabatan/", units.post_new, name="post_new"),
    path("jabatan/<int:pk>/", units.post_edit, name="post_edit"),
    path("jabatan/<int:pk>/tutup/", units.post_close, name="post_close"),
    path("penugasan/<int:pk>/akhiri/", person.assignment_end, name="assignment_end"),
    path("penilai/<int:pk>/akhiri/", person.appraiser_end, name="appraiser_end"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/ubah/", person.correct, name="employee_edit"),
    path("<int:pk>/keluar/", person.depart, name="departure"),
    path("<int:pk>/tugaskan/", person.assign, name="assign"),
    path("<int:pk>/penilai/", person.appraiser_set, name="appraiser_set"),
]
