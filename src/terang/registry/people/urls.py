from django.contrib.auth.decorators import login_required
from django.urls import path

from terang.registry.people.views import lists, person, units

app_name = "people"
urlpatterns = [
    path("", login_required(lists.people), name="list"),
    path("tambah/", login_required(lists.employee_new), name="employee_new"),
    path("meja/", login_required(lists.desk), name="desk"),
    path("ketidakcocokan/", login_required(lists.mismatch_inbox), name="mismatches"),
    path("peran/", login_required(lists.roles), name="roles"),
    path("peran/beri/", login_required(lists.role_new), name="role_new"),
    path("peran/<int:pk>/akhiri/", login_required(lists.role_end), name="role_end"),
    path("unit/", login_required(units.unit_tree), name="tree"),
    path("unit/<int:pk>/", login_required(units.unit), name="unit"),
    path("unit/<int:pk>/tambah/", login_required(units.unit_new), name="unit_new"),
    path("unit/<int:pk>/tutup/", login_required(units.unit_close), name="unit_close"),
    path("unit/<int:pk>/jabatan/", login_required(units.post_new), name="post_new"),
    path("jabatan/<int:pk>/", login_required(units.post_edit), name="post_edit"),
    path("jabatan/<int:pk>/tutup/", login_required(units.post_close), name="post_close"),
    path("penugasan/<int:pk>/akhiri/", login_required(person.assignment_end), name="assignment_end"),
    path("penilai/<int:pk>/akhiri/", login_required(person.appraiser_end), name="appraiser_end"),
    path("<int:pk>/", login_required(person.person), name="person"),
    path("<int:pk>/ubah/", login_required(person.correct), name="employee_edit"),
    path("<int:pk>/keluar/", login_required(person.depart), name="departure"),
    path("<int:pk>/tugaskan/", login_required(person.assign), name="assign"),
    path("<int:pk>/penilai/", login_required(person.appraiser_set), name="appraiser_set"),
]
