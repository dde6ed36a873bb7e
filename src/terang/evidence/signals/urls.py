from django.urls import path

from terang.evidence.signals.views import asked, keeping, team

app_name = "signals"
urlpatterns = [
    path("", team.signals, name="list"),
    path("saya/", asked.mine, name="mine"),
    path("ambang/", keeping.terms, name="terms"),
    path("<int:pk>/", team.signal, name="signal"),
    path("<int:pk>/tanyakan/", team.ask, name="ask"),
    path("<int:pk>/bagikan/", team.share, name="share"),
    path("<int:pk>/tutup/", team.dismiss, name="dismiss"),
    path("<int:pk>/teruskan/", team.refer, name="refer"),
    path("<int:pk>/jelaskan/", asked.explain, name="explain"),
]
