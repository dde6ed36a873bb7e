"""The addresses of surveys; `urls` puts them below those of the room."""

from django.urls import path

from terang.evidence.citizens.views import (
    survey,
    survey_actions,
    survey_desk,
    survey_keeping,
    survey_kiosk,
    survey_voice,
)

urlpatterns = [
    path("suara/", survey_voice.voice, name="voice"),
    path("survei-kepuasan/", survey_desk.desk, name="survey_desk"),
    path("survei-kepuasan/buka/", survey_desk.open_, name="survey_open"),
    path("survei-kepuasan/periode/<int:period_id>/", survey_desk.period, name="survey_period"),
    path("survei-kepuasan/periode/<int:period_id>/penerima/", survey_desk.population, name="survey_population"),
    path("survei-kepuasan/periode/<int:period_id>/umumkan/", survey_desk.publish, name="survey_publish"),
    path("survei-kepuasan/periode/<int:period_id>/tindakan/", survey_actions.plan, name="survey_action_new"),
    path("survei-kepuasan/periode/<int:period_id>/saran/", survey_keeping.remarks, name="survey_remarks"),
    path(
        "survei-kepuasan/periode/<int:period_id>/saran/<int:response_id>/",
        survey_keeping.hide,
        name="survey_remark_hide",
    ),
    path("survei-kepuasan/hasil/<int:result_id>/", survey_desk.result, name="survey_result"),
    path("survei-kepuasan/tindakan/<int:action_id>/", survey_actions.action, name="survey_action"),
    path("survei-kepuasan/unit/<int:unit_id>/kios/", survey_keeping.kiosks, name="kiosks"),
    path("survei-kepuasan/kios/<int:kiosk_id>/cabut/", survey_keeping.revoke, name="kiosk_revoke"),
    path("survei-kepuasan/unit/<int:unit_id>/pertanyaan/", survey_keeping.questions, name="survey_questions"),
    path("permohonan/<int:request_id>/kios/<int:kiosk_id>/", survey_kiosk.offer, name="kiosk_offer"),
    path("kios/<str:token>/", survey_kiosk.kiosk, name="kiosk"),
    path("kios/<str:token>/layar/", survey_kiosk.screen, name="kiosk_screen"),
    path("kios/<str:token>/hidup/<int:offer>/", survey_kiosk.alive, name="kiosk_alive"),
    path("kios/<str:token>/kosong/<int:offer>/", survey_kiosk.rest, name="kiosk_rest"),
    path("survei/terima-kasih/", survey.thanks, name="thanks"),
    path("survei/<str:token>/", survey.survey, name="survey"),
]
