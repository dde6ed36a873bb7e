from django.urls import path

from terang.evidence.citizens.views import catalogue, requests, survey

app_name = "citizens"
urlpatterns = [
    path("", catalogue.service_list, name="services"),
    path("permohonan/", requests.requests, name="requests"),
    path("permohonan/terima/", requests.receive, name="receive"),
    path("permohonan/<int:request_id>/", requests.service_request, name="request"),
    path("permohonan/<int:request_id>/selesai/", requests.complete, name="complete"),
    path("permohonan/<int:request_id>/tautan/", requests.renew, name="renew"),
    path("survei/terima-kasih/", survey.thanks, name="thanks"),
    path("survei/<str:token>/", survey.survey, name="survey"),
]
