from django.urls import path

from terang.evidence.citizens import views

app_name = "citizens"
urlpatterns = [
    path("", views.service_list, name="services"),
    path("permohonan/", views.requests, name="requests"),
    path("permohonan/terima/", views.receive, name="receive"),
    path("permohonan/<int:request_id>/", views.service_request, name="request"),
    path("permohonan/<int:request_id>/selesai/", views.complete, name="complete"),
    path("permohonan/<int:request_id>/tautan/", views.renew, name="renew"),
    path("survei/terima-kasih/", views.thanks, name="thanks"),
    path("survei/<str:token>/", views.survey, name="survey"),
]
