"""Addresses of calibration, below `/evaluasi/penyelarasan/`."""

from django.urls import path

from terang.evaluation.calibration.views import proposals, sessions

app_name = "calibration"
urlpatterns = [
    path("", sessions.all_sessions, name="sessions"),
    path("buka/", sessions.choose, name="choose"),
    path("buka/<int:window_id>/", sessions.open_new, name="open"),
    path("<int:pk>/", sessions.session, name="session"),
    path("<int:pk>/banding/", sessions.compare, name="compare"),
    path("<int:pk>/tutup/", sessions.close, name="close"),
    path("<int:pk>/batal/", sessions.cancel, name="cancel"),
    path("orang/<int:pk>/usul/", proposals.propose, name="propose"),
    path("usul/<int:pk>/", proposals.proposal, name="proposal"),
    path("usul/<int:pk>/setuju/", proposals.confirm, name="confirm"),
    path("usul/<int:pk>/keberatan/", proposals.object_to, name="object"),
    path("usul/<int:pk>/tolak/", proposals.decline, name="decline"),
    path("usul/<int:pk>/tarik/", proposals.withdraw, name="withdraw"),
]
