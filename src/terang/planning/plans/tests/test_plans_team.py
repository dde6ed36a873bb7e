"""The appraiser's list, reading many plans and agreeing to them together, completeness, office pages, reminders."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import TODAY, ZONE, make_cast

from terang.planning.plans.completeness import completeness
from terang.planning.plans.duties import waiting_for
from terang.planning.plans.models import Plan, PlanState, PlanTemplate, PlanVersion, TemplateRun, VersionState
from terang.planning.plans.services import agree, discuss, open_plan, submit, write_document
from terang.planning.plans.services.dialogue import comment
from terang.planning.plans.standings import team_plans
from terang.planning.plans.tasks import give_template
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, AssignmentKind
from terang.registry.people.services import move_employee, start_assignment
from terang.registry.people.viewer import viewer_for
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult

CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
CARD = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,))
DOCUMENT = PlanDocument(results=(CARD,))
YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def browse(cast, client):
    def sign_in(name):
        client.force_login(cast.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def now(cast, name):
    """As the pages see it: today by the clock."""
    return viewer_for(cast.people[name].user, timezone.now())


def this_year():
    year = timezone.localdate().year
    return {"period_start": date(year, 1, 1), "period_end": date(year + 1, 1, 1)}


def submitted(cast, name="andi", look=now, span=None):
    actor = look(cast, name)
    version = open_plan(actor=actor, employee=cast.people[name], document=DOCUMENT, **(span or this_year()))
    return submit(actor=actor, version=version, seen=version.version)


def late(version):
    PlanVersion.objects.filter(pk=version.pk).update(answer_due=timezone.localdate() - timedelta(days=1))


def test_the_team_sees_who_has_what(cast, browse):
    submitted(cast)
    text = browse("hendra").get(reverse("plans:team")).content.decode()
    assert "Menunggu jawaban" in text
    assert "Belum disusun" in text
    assert text.index("Andi Pratama") < text.index("Rina Marlina"), "who waits for an answer comes first"
    chosen = browse("hendra").get(reverse("plans:team"), {"keadaan": "belum"}).content.decode()
    assert "Andi Pratama" not in chosen.split("<tbody")[1]
    assert browse("hendra").get(reverse("plans:team"), {"ekspor": "csv"}).headers["Content-Type"].startswith("text/csv")
    assert "Anda belum menilai siapa pun" in browse("rina").get(reverse("plans:team")).content.decode()


def test_late_ones_stand_below_for_the_superior(cast, browse):
    version = submitted(cast)
    assert "Menunggu Anda sebagai atasan" not in browse("sri").get(reverse("plans:team")).content.decode()
    late(version)
    text = browse("sri").get(reverse("plans:team")).content.decode()
    assert "Menunggu Anda sebagai atasan penilai" in text
    assert "Andi Pratama" in text


def test_a_plan_of_the_next_year_is_due_in_that_year(cast):
    today = timezone.localdate()
    for year in (today.year, today.year + 1):
        rows = team_plans(now(cast, "hendra"), date(year, 1, 1))
        assert {row.due for row in rows} == {date(year, 1, 31)}


def read(client, version):
    answer = client.post(reverse("plans:queue_read", args=[version.pk]), {"version": version.version})
    assert answer.status_code in (302, 409)
    return answer


def test_plans_are_read_one_by_one_and_agreed_in_one_go(cast, browse):
    andi, rina = submitted(cast), submitted(cast, "rina")
    client = browse("hendra")
    first = client.get(reverse("plans:queue")).content.decode()
    assert "1 dari 2" in first
    assert "KTP terbit tepat waktu" in first
    read(client, andi)
    assert "2 dari 2" in client.get(reverse("plans:queue")).content.decode()
    read(client, rina)
    end = client.get(reverse("plans:queue")).content.decode()
    assert "2 SKP sudah Anda baca" in end
    ticks = [f"{version.pk}:{version.version}" for version in (andi, rina)]
    assert client.post(reverse("plans:agree_read"), {"plan": ticks}).status_code == 302
    assert set(PlanVersion.objects.values_list("state", flat=True)) == {VersionState.AGREED}


def test_what_moved_on_since_it_was_read_is_told_with_its_reason(cast, browse):
    andi, rina = submitted(cast), submitted(cast, "rina")
    client = browse("hendra")
    read(client, andi)
    read(client, rina)
    other = replace(DOCUMENT, results=(replace(CARD, text="KTP terbit dalam sehari"),))
    write_document(actor=now(cast, "hendra"), version=rina, seen=rina.version, document=other)
    ticks = [f"{version.pk}:{version.version}" for version in (andi, rina)]
    text = client.post(reverse("plans:agree_read"), {"plan": ticks}).content.decode()
    assert "Rina Marlina" in text
    assert "sudah berubah atau dikomentari sejak Anda membukanya" in text
    states = dict(PlanVersion.objects.values_list("plan__employee__name", "state"))
    assert states == {"Andi Pratama": VersionState.AGREED, "Rina Marlina": VersionState.DISCUSSED}


def test_what_was_not_read_is_not_agreed_and_a_stale_page_marks_nothing(cast, browse):
    andi = submitted(cast)
    client = browse("hendra")
    stale = client.post(reverse("plans:queue_read", args=[andi.pk]), {"version": andi.version - 1})
    assert stale.status_code == 409
    client.post(reverse("plans:agree_read"), {"plan": [f"{andi.pk}:{andi.version}"]})
    andi.refresh_from_db()
    assert andi.state == VersionState.SUBMITTED
    client.post(reverse("plans:queue_read", args=[andi.pk]), {"version": andi.version, "later": "1"})
    assert "1 SKP Anda tunda" in client.get(reverse("plans:queue")).content.decode()
    assert "1 dari 1" in client.get(reverse("plans:queue") + "?ulang").content.decode()


def test_completeness_counts_each_person_once_up_the_tree(cast, browse):
    agree(actor=cast.viewer("hendra"), version=(v := submitted(cast, look=look_then, span=YEAR)), seen=v.version)
    submitted(cast, "rina", look_then, YEAR)
    found = completeness(cast.agency.pk, [""], TODAY, date(2026, 12, 2))
    by_name = {row.name: row for row in found.units}
    root, register = by_name["Pemerintah Kota Terang"], by_name["Bidang Pelayanan Pendaftaran Penduduk"]
    assert (register.people, register.agreed, register.late, register.none) == (3, 1, 1, 1)
    assert (root.people, root.agreed, root.submitted) == (12, 1, 1)
    assert (found.elected, found.without_post) == (1, 0)
    assert by_name["Dinas Kesehatan"].agreed_bp == 0
    for name, status in (("maya", 200), ("lina", 200), ("hendra", 403), ("andi", 403)):
        assert browse(name).get(reverse("plans:completeness")).status_code == status, name


def look_then(cast, name):
    return cast.viewer(name)


@pytest.mark.parametrize("units", [1, 500])
def test_completeness_costs_the_same_for_five_hundred_units(cast, units, django_assert_num_queries):
    root = cast.units["root"]
    made = Unit.objects.bulk_create(
        Unit(agency=cast.agency, parent=root, kind="bidang", code=f"U{n}", name=f"Bidang {n}", valid_from=TODAY)
        for n in range(units)
    )
    for unit in made:
        unit.path = f"{root.path}{unit.pk}/"
    Unit.objects.bulk_update(made, ["path"])
    with django_assert_num_queries(4):
        found = completeness(cast.agency.pk, [""], TODAY, TODAY)
    assert len(found.units) == 8 + units


def test_terms_and_templates_are_kept_by_the_personnel_agency(cast, browse):
    version = submitted(cast)
    agree(actor=now(cast, "hendra"), version=version, seen=version.version)
    maya, made = browse("maya"), {"name": "Operator", "title": "", "category": "", "kind": "pelaksana"}
    assert maya.post(reverse("plans:template_new", args=[version.pk]), made).status_code == 302
    assert maya.post(reverse("plans:template_new", args=[version.pk]), made).status_code == 422
    terms = {"valid_from": timezone.localdate().isoformat(), "answer_days": "3", "basis": "SE 4"}
    assert maya.post(reverse("plans:terms_new"), terms).status_code == 302
    assert "3 hari kerja untuk menjawab" in maya.get(reverse("plans:terms")).content.decode()
    template = PlanTemplate.objects.get()
    for name in ("hendra", "andi"):
        client = browse(name)
        assert client.get(reverse("plans:terms")).status_code == 200
        assert client.post(reverse("plans:terms_new"), terms).status_code == 403
        for address in (reverse("plans:templates"), reverse("plans:template", args=[template.pk])):
            assert client.get(address).status_code == 403
        retired = client.post(reverse("plans:template_retire", args=[template.pk]), {"version": template.version})
        assert retired.status_code == 403


def test_a_template_is_given_with_progress_and_who_is_passed_over_is_named(
    cast, browse, django_capture_on_commit_callbacks
):
    version = submitted(cast)
    agree(actor=now(cast, "hendra"), version=version, seen=version.version)
    maya, unit = browse("maya"), cast.units["register"]
    maya.post(reverse("plans:template_new", args=[version.pk]), {"name": "Operator"})
    template = PlanTemplate.objects.get()
    asked = {"unit": unit.pk, "post_title": "", "form_key": str(uuid.uuid4())}
    for _twice in range(2):
        answer = maya.post(reverse("plans:template", args=[template.pk]), asked)
    run = TemplateRun.objects.get()
    assert answer.headers["Location"] == reverse("plans:run", args=[run.pk])
    assert "hx-get" in maya.get(answer.headers["Location"]).content.decode()
    assert maya.get(reverse("plans:run_progress", args=[run.pk])).status_code == 200
    give_template.func(run.pk)
    text = maya.get(answer.headers["Location"]).content.decode()
    assert "2 draf SKP dibuat" in text
    assert "Andi Pratama" in text
    assert maya.get(reverse("plans:run_progress", args=[run.pk])).headers["HX-Redirect"]


def titles(viewer):
    return [(duty.title, duty.kind) for duty in waiting_for(viewer)]


def test_reminders_follow_the_plan(cast):
    january = cast.viewer("andi", datetime(2026, 1, 15, 9, tzinfo=ZONE))
    assert titles(january) == [("Susun SKP 2026", "attention")]
    assert titles(cast.viewer("andi")) == [("Susun SKP 2026", "wrong")], "after 31 January"
    version = submitted(cast, look=look_then, span=YEAR)
    assert titles(cast.viewer("andi")) == []
    hendra = cast.viewer("hendra")
    assert ("Jawab SKP Andi Pratama", "attention") in titles(hendra)
    day_after = datetime(2026, 12, 2, 9, tzinfo=ZONE)
    assert ("Jawab SKP Andi Pratama", "wrong") in titles(cast.viewer("hendra", day_after))
    [told] = [duty for duty in waiting_for(cast.viewer("sri", day_after)) if duty.title.startswith("Jawab")]
    assert told.detail.startswith("Menggantikan Hendra Saputra.")
    comment(actor=hendra, version=version, row_key="", text="Bahas", form_key=uuid.uuid4())
    version = discuss(actor=hendra, version=version, seen=version.version)
    assert titles(cast.viewer("andi")) == [("SKP Anda dibahas", "attention")]
    assert titles(cast.viewer("mayor")) == [], "state officials make no SKP"


def test_a_move_and_a_post_led_beside_ask_for_something_new(cast):
    version = submitted(cast, look=look_then, span=YEAR)
    agree(actor=cast.viewer("hendra"), version=version, seen=version.version)
    assert titles(cast.viewer("andi")) == []
    maya = cast.viewer("maya")
    start_assignment(
        actor=maya,
        employee=cast.andi,
        post=cast.posts["civil_head"],
        kind=AssignmentKind.ACTING,
        on=TODAY,
        until=None,
        document="SK 10",
        version=cast.andi.version,
    )
    assert ("Tambahkan hasil kerja Plt.", "attention") in titles(cast.viewer("andi"))
    cast.andi.refresh_from_db()
    move_employee(
        actor=maya,
        employee=cast.andi,
        post=cast.posts["civil_officer"],
        on=date(2026, 12, 1),
        document="SK 11",
        version=cast.andi.version,
    )
    Plan.objects.update(state=PlanState.CLOSED, period_end=date(2026, 12, 1))
    [duty] = waiting_for(cast.viewer("andi", datetime(2026, 12, 1, 9, tzinfo=ZONE)))
    assert "Jabatan baru Pengadministrasi Perkantoran" in duty.detail


@pytest.mark.parametrize("many", [1, 50])
def test_reminders_cost_the_same_for_one_and_for_fifty(cast, many, django_assert_max_num_queries):
    version = submitted(cast, look=look_then, span=YEAR)
    for number in range(1, many):
        person = cast.andi.__class__.objects.create(
            agency=cast.agency, nip=f"1990010120200310{number:02}", name=f"P {number}", status="pns", joined_on=TODAY
        )
        Assignment.objects.create(employee=person, post=cast.posts["register_officer"], starts_on=date(2020, 1, 2))
        plan = Plan.objects.create(employee=person, post=version.plan.post, unit=version.plan.unit, **YEAR)
        PlanVersion.objects.create(
            plan=plan,
            number=1,
            state=VersionState.SUBMITTED,
            document=version.document,
            opened_at=version.opened_at,
            submitted_at=version.submitted_at,
            answer_due=version.answer_due,
        )
    for name, most in (("andi", 14), ("hendra", 28), ("sri", 28)):
        viewer = cast.viewer(name, datetime(2026, 12, 2, 9, tzinfo=ZONE))
        with django_assert_max_num_queries(most):
            told = [title for title, _kind in titles(viewer)]
        if name != "andi":
            assert len([title for title in told if title.startswith("Jawab SKP")]) == min(many, 3)
            assert any(title.startswith("47 SKP lagi") for title in told) == (many == 50)
