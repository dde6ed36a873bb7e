"""Addresses of awards, below `/penghargaan/`."""

from django.urls import path

from terang.follow_up.awards.views import calls, medals, nominations, own, voting

app_name = "awards"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("terima-kasih/", own.choose, name="thank_whom"),
    path("terima-kasih/pegawai/<int:employee_id>/", own.thank, name="thank"),
    path("terima-kasih/<int:pk>/tarik/", own.take_praise_back, name="take_back"),
    path("penerima/", own.winners, name="winners"),
    path("penjaringan/", calls.all_calls, name="calls"),
    path("penjaringan/baru/", calls.new, name="call_new"),
    path("penjaringan/<int:pk>/", calls.call, name="call"),
    path("penjaringan/<int:pk>/panitia/", calls.committee, name="committee"),
    path("penjaringan/<int:pk>/batal/", calls.cancel, name="cancel"),
    path("penjaringan/<int:pk>/mulai/", calls.start, name="start"),
    path("penjaringan/<int:pk>/bonus/", calls.bonus, name="bonus"),
    path("penjaringan/<int:pk>/usulkan/", nominations.choose, name="nominate_whom"),
    path("penjaringan/<int:pk>/usulkan/isi/", nominations.propose, name="nominate"),
    path("usulan/<int:pk>/", nominations.nomination, name="nomination"),
    path("usulan/<int:pk>/terima/", nominations.accept, name="admit"),
    path("usulan/<int:pk>/tolak/", nominations.refuse, name="leave_out"),
    path("usulan/<int:pk>/tarik/", nominations.withdraw, name="withdraw"),
    path("penjaringan/<int:pk>/suara/", voting.cast, name="vote"),
    path("penjaringan/<int:pk>/benturan/", voting.conflict, name="conflict"),
    path("penjaringan/<int:pk>/tutup/", voting.close, name="close"),
    path("penjaringan/<int:pk>/seri/", voting.tie, name="tie"),
    path("penjaringan/<int:pk>/umumkan/", voting.tell_everybody, name="announce"),
    path("satyalancana/", medals.due, name="medals"),
    path("satyalancana/<int:employee_id>/", medals.person, name="medal"),
]
