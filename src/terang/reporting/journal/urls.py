from django.contrib.auth.decorators import login_required
from django.urls import path

from terang.reporting.journal import views

app_name = "audit"
urlpatterns = [
    path("", login_required(views.journal), name="journal"),
    path("<str:object_type>/<int:object_id>/", login_required(views.history), name="history"),
]
