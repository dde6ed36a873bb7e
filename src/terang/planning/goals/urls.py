from django.contrib.auth.decorators import login_required
from django.urls import path

from terang.planning.goals.views import agreements, goals, indicators, tree

app_name = "goals"
urlpatterns = [
    path("", login_required(tree.tree), name="tree"),
    path("periksa/", login_required(tree.check), name="coverage"),
    path("baru/", login_required(goals.goal_new), name="goal_new"),
    path("<int:pk>/", login_required(goals.goal), name="goal"),
    path("<int:pk>/ubah/", login_required(goals.goal_edit), name="goal_edit"),
    path("<int:pk>/hentikan/", login_required(goals.goal_retire), name="goal_retire"),
    path("<int:pk>/indikator/", login_required(indicators.indicator_new), name="indicator_new"),
    path("indikator/<int:pk>/ubah/", login_required(indicators.indicator_edit), name="indicator_edit"),
    path("indikator/<int:pk>/hentikan/", login_required(indicators.indicator_retire), name="indicator_retire"),
    path("indikator/<int:pk>/target/<int:year>/", login_required(indicators.target), name="target"),
    path("indikator/<int:pk>/nilai/", login_required(indicators.reading_new), name="reading_new"),
    path("nilai/<int:pk>/betulkan/", login_required(indicators.reading_correct), name="reading_correct"),
    path("perjanjian/", login_required(agreements.agreements), name="agreements"),
    path("perjanjian/<int:unit>/<int:year>/", login_required(agreements.agreement), name="agreement"),
]
