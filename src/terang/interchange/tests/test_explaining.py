"""The explanation as JSON: by the schema, the same figures as the page, for who may open the page and nobody else."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW
from tests.policy import DISCIPLINE

from terang.evaluation.appraisals.models import Adjustment
from terang.evaluation.appraisals.services import (
    Days,
    Marks,
    decide_appraisal,
    hand_over,
    open_window,
    save_appraisal,
    set_organisations,
)
from terang.evaluation.models import Period
from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.attendance.models import AttendanceDay
from terang.interchange.explaining.views import SCHEMA

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def wrong(value, schema, whole, place="$"):
    """What does not follow the schema: the words of JSON Schema that `schema.json` uses, each looked at."""
    if "$ref" in schema:
        return wrong(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, place)
    if "anyOf" in schema:
        found = [wrong(value, each, whole, place) for each in schema["anyOf"]]
        return [] if [] in found else min(found, key=len)
    if "const" in schema and value != schema["const"]:
        return [f"{place}: {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{place}: {value!r}"]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        return [f"{place}: {type(value).__name__} is none of {kinds}"]
    if isinstance(value, dict) and "properties" in schema:
        odd = set(value) ^ set(schema["properties"])
        own = [f"{place}: {sorted(odd)}"] if odd else []
        return own + [
            each
            for name, inner in schema["properties"].items()
            if name in value
            for each in wrong(value[name], inner, whole, f"{place}.{name}")
        ]
    if isinstance(value, list) and "items" in schema:
        return [each for n, one in enumerate(value) for each in wrong(one, schema["items"], whole, f"{place}[{n}]")]
    return []


def _is(value, kind):
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[kind])


def follows(told, name):
    whole = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return wrong(told, whole["$defs"][name], whole)


@pytest.fixture
def scored(cast, monkeypatch, settings):
    """Andi: nine of ten days present, all of them on time."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    publish_policy(agency=cast.agency, text=DISCIPLINE)
    [period] = open_periods(agency=cast.agency, start=date(2026, 11, 1), end=date(2026, 12, 1))
    for number in range(10):
        AttendanceDay.objects.create(
            employee=cast.andi,
            day=date(2026, 11, 2) + timedelta(days=number),
            status="tanpa_keterangan" if number == 9 else "hadir",
        )
    recompute(employee_ids=[cast.andi.pk], period=period)
    return cast


@pytest.fixture
def judged(scored):
    """The same person rated by Hendra and told."""
    hendra, maya = scored.viewer("hendra"), scored.viewer("maya")
    days = Days(opens_on=date(2026, 11, 20), closes_on=date(2026, 11, 30), basis="SK 12/2026")
    window = open_window(actor=maya, kind="month", day=date(2026, 11, 1), days=days)
    units = {scored.units[name].pk: "baik" for name in ("root", "dukcapil", "register")}
    set_organisations(actor=maya, window=window, words=units, basis="SK 13/2026")
    kept = save_appraisal(
        actor=hendra,
        window=window,
        employee=scored.andi,
        marks=Marks("meets", "meets", reason="Sesuai dialog"),
        form_key=uuid4(),
        version=0,
    )
    done = decide_appraisal(actor=hendra, appraisal=kept, version=kept.version)
    [handed] = hand_over(actor=hendra, window=window, unit=done.unit, chosen=[done.pk])
    return handed


def place(cast, *more):
    return [Period.objects.get().pk, cast.andi.pk, *more]


def ask(client, cast, name, address):
    client.force_login(cast.people[name].user)
    return client.get(address)


def test_a_score_follows_the_schema_and_says_what_the_page_says(scored, client):
    """9/10 = 90 % at 60 %, 9/9 = 100 % at 40 %: 94,0."""
    answer = ask(client, scored, "andi", reverse("explaining:score", args=place(scored)))
    told = answer.json()
    assert follows(told, "score_answer") == []
    assert answer["Cache-Control"] == "private, no-store"
    assert (told["total"]["value"], told["total"]["unit"], told["total"]["text"]) == (9400, "points_bp", "94,0")
    [aspect] = told["aspects"]
    assert sum(each["contribution"]["value"] for each in aspect["measures"]) == 9400
    first = aspect["measures"][0]
    assert (first["numerator"]["value"], first["denominator"]["value"], first["numerator"]["unit"]) == (9, 10, "hari")
    assert "Perpres 21/2023" in first["value"]["article"]
    assert client.get(first["page"]).status_code == 200
    assert client.get(told["made_with"]["policy"]["page"]).status_code == 200


def test_a_measure_goes_down_to_the_records(scored, client):
    address = reverse("explaining:measure", args=place(scored, "disiplin", "attendance_rate"))
    told = ask(client, scored, "hendra", address).json()
    assert follows(told, "measure_answer") == []
    assert len(told["records"]) == 10
    assert [each["effect"] for each in told["records"]].count("dihitung: hadir") == 9
    assert client.get(told["records"][0]["page"]).status_code == 200


def test_a_result_leads_from_the_predicate_to_its_frozen_score(judged, scored, client):
    told = ask(client, scored, "andi", reverse("explaining:result", args=[judged.pk])).json()
    assert follows(told, "result_answer") == []
    assert told["predicate"]["code"] == "baik"
    assert [each["predicate"] for each in told["quadrant"]["cells"] if each["here"]] == ["Baik"]
    assert "Pasal 24–25" in told["quadrant"]["article"]
    assert told["organisation"]["basis"] == "SK 13/2026"
    assert told["suggestion"]["total"]["value"] == 9400
    score = client.get(told["suggestion"]["api"]).json()
    assert score["made_with"]["input_digest"] == told["suggestion"]["input_digest"]


def test_what_calibration_made_of_a_result_is_told_with_what_was_before(judged, scored, client):
    made = {"work_result": "above", "behaviour": "above", "predicate": "sangat_baik", "reason": "Bukti setara"}
    people = {"proposed_by": judged.rater, "confirmed_by": judged.employee, "decided_on": date(2026, 12, 1)}
    Adjustment.objects.create(appraisal=judged, **made, **people)
    told = ask(client, scored, "andi", reverse("explaining:result", args=[judged.pk])).json()
    assert follows(told, "result_answer") == []
    assert told["predicate"]["code"] == "sangat_baik"
    assert told["ratings"]["work_result"]["code"] == told["ratings"]["behaviour"]["code"] == "above"
    assert [each["predicate"] for each in told["quadrant"]["cells"] if each["here"]] == ["Sangat Baik"]
    assert told["calibration"]["before"]["predicate"] == "baik"


@pytest.mark.parametrize(("name", "status"), [("rina", 403), ("joko", 403), ("tono", 403), ("sri", 200), ("maya", 200)])
def test_who_may_not_open_the_page_is_told_so_in_json(judged, scored, client, name, status):
    for address in (
        reverse("explaining:score", args=place(scored)),
        reverse("explaining:measure", args=place(scored, "disiplin", "punctuality")),
        reverse("explaining:result", args=[judged.pk]),
    ):
        answer = ask(client, scored, name, address)
        assert answer.status_code == status
        if status != 200:
            assert follows(answer.json(), "error_answer") == []
            assert answer.json()["reason"]


def test_nobody_signed_in_nothing_there_nothing_to_write(scored, client):
    address = reverse("explaining:score", args=place(scored))
    assert client.get(address).status_code == 401
    client.force_login(scored.andi.user)
    for missing in (
        reverse("explaining:score", args=[9999, scored.andi.pk]),
        reverse("explaining:measure", args=place(scored, "disiplin", "citizen_satisfaction")),
        reverse("explaining:result", args=[9999]),
    ):
        answer = client.get(missing)
        assert (answer.status_code, follows(answer.json(), "error_answer")) == (404, [])
    assert client.post(address).status_code == 405


def test_missing_is_null_and_says_why(scored, client):
    AttendanceDay.objects.all().delete()
    recompute(employee_ids=[scored.andi.pk], period=Period.objects.get())
    told = ask(client, scored, "andi", reverse("explaining:score", args=place(scored))).json()
    assert follows(told, "score_answer") == []
    assert told["total"]["value"] is None
    assert told["total"]["missing"]
    assert told["aspects"][0]["measures"][0]["value"]["missing"] == "Belum ada bukti pada periode ini."


def test_the_reader_chooses_the_language_and_the_names_stay(scored, client):
    address = reverse("explaining:score", args=place(scored))
    client.force_login(scored.andi.user)
    indonesian = client.get(address).json()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(address).json()
    assert set(english) == set(indonesian)
    assert [each["aspects"][0]["label"] for each in (indonesian, english)] == ["Disiplin", "Discipline"]
    assert english["aspects"][0]["code"] == "disiplin"


def test_the_schema_is_open(db, client):
    assert client.get(reverse("explaining:schema")).json()["$defs"]["number"]


def test_a_constant_number_of_queries(scored, client):
    address = reverse("explaining:measure", args=place(scored, "disiplin", "attendance_rate"))
    client.force_login(scored.andi.user)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(12, 28):
        AttendanceDay.objects.create(employee=scored.andi, day=date(2026, 11, number), status="hadir")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
