"""Addresses of scores and policies."""

from django.urls import path

from terang.evaluation import views
from terang.evaluation.whatif.views import what_if

app_name = "evaluation"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("kebijakan/", views.policy, name="policy"),
    path("kebijakan/<int:version>/", views.policy_version, name="policy_version"),
    path("rencana/<int:plan_id>/", views.plan_values, name="plan_values"),
    path("<int:period_id>/jika/", what_if, name="what_if"),
    path("<int:period_id>/<int:employee_id>/", views.score, name="score"),
    path("<int:period_id>/<int:employee_id>/<slug:aspect>/<slug:measure>/", views.measure, name="measure"),
]
