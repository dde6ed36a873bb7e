from django.urls import path

from terang.evidence.colleagues import views

app_name = "colleagues"
urlpatterns = [
    path("", views.tickets, name="tickets"),
    path("<int:ticket_id>/", views.answer, name="answer"),
]
