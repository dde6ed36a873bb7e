from django.urls import path

from terang.custody.views import resemblances, rules

app_name = "custody"
urlpatterns = [
    path("kemiripan/", resemblances.resemblances, name="resemblances"),
    path("kemiripan/<int:pk>/", resemblances.resemblance, name="resemblance"),
    path("kemiripan/<int:pk>/jelaskan/", resemblances.explain, name="explain"),
    path("kemiripan/<int:pk>/tutup/", resemblances.close, name="close"),
    path("<int:pk>/kecil/", resemblances.small, name="small"),
    path("aturan/", rules.rules, name="rules"),
    path("aturan/retensi/", rules.retention_new, name="retention_new"),
    path("aturan/pertanyaan/", rules.terms_new, name="terms_new"),
]
