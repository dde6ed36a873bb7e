"""What counts: a case by hand, and what is left out with its reason."""

from datetime import date, timedelta
from uuid import uuid4

from tests.cast import TODAY

from terang.evidence.observation import services
from terang.evidence.observation.evidence import facts, records
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.report_facts import figures
from terang.evidence.observation.talk_points import points

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))


def test_a_case_by_hand(ward, django_assert_num_queries):
    """Two observers settle on 2, 1 and 1 of 2 points each: 4 of 6. It counts once it was accepted, on its day."""
    row = ward.settled()
    for step in (lambda: row, lambda: ward.tell(row)):
        step()
        assert facts([ward.cast.siti.pk], *NOVEMBER) == {"observations": []}
    row.refresh_from_db()
    ward.at(3)
    row = ward.finished(row)
    with django_assert_num_queries(1):
        found = facts([ward.cast.siti.pk, ward.cast.andi.pk], *NOVEMBER)
    assert found == {"observations": [(ward.cast.siti.pk, row.pk, 4_000, 6_000)]}
    for start, end, n in ((TODAY, TODAY + timedelta(days=1), 1), (TODAY + timedelta(days=1), NOVEMBER[1], 0)):
        assert len(facts([ward.cast.siti.pk], start, end)["observations"]) == n
    assert facts([], *NOVEMBER) == {"observations": []}


def test_what_does_not_count_says_why(ward, django_assert_num_queries):
    told = []
    row = ward.contested()
    told.append(records("observation_score", ward.cast.siti.pk, *NOVEMBER)[0].effect)
    services.withdraw_observation(
        actor=ward.viewer("bambang"), observation=row, reason="Pengamat keliru", version=row.version
    )
    told.append(records("observation_score", ward.cast.siti.pk, *NOVEMBER)[0].effect)
    ward.plan()
    with django_assert_num_queries(4):
        told.append(records("observation_score", ward.cast.siti.pk, *NOVEMBER)[0].effect)
    assert told == [
        "tidak dihitung: yang diamati meminta pengamat lain",
        "dicabut dan tidak dihitung: Pengamat keliru",
        "belum dihitung: observasi belum selesai",
    ]
    assert facts([ward.cast.siti.pk], *NOVEMBER) == {"observations": []}


def test_a_formative_instrument_never_counts(ward):
    type(ward.instrument).objects.update(formative=True)
    ward.instrument.refresh_from_db()
    row = ward.finished()
    assert facts([ward.cast.siti.pk], *NOVEMBER) == {"observations": []}
    [record] = records("observation_score", ward.cast.siti.pk, *NOVEMBER)
    assert (record.counted, record.effect) == (False, "untuk belajar, tidak dinilai")
    assert [each.label for each in figures(ward.cast.siti.pk, *NOVEMBER, TODAY)] == [
        "Observasi untuk belajar, tidak dinilai"
    ]
    assert row.counts is False


def test_a_record_names_who_saw_what(ward):
    row = ward.finished()
    [record] = records("observation_score", ward.cast.siti.pk, *NOVEMBER)
    assert (record.counted, record.effect, record.entered_by, record.accepted_by, record.url) == (
        True,
        "dihitung 4 dari 6 poin",
        "Dewi Anggraini, Wati Kusuma",
        "Siti Rahma",
        row.get_absolute_url(),
    )
    assert record.lines[1] == "Bahasa yang dipakai dipahami pasien: Sebagian (1 dari 2)"
    [figure] = figures(ward.cast.siti.pk, *NOVEMBER, TODAY)
    assert figure.value == "4 dari 6 poin dalam 1 observasi"


def test_an_aim_comes_to_the_dialogue_once_it_is_due_and_until_a_second_look(ward):
    row = ward.finished()
    assert points(ward.cast.siti.pk, TODAY) == []
    [(text, url)] = points(ward.cast.siti.pk, TODAY + timedelta(days=30))
    assert (text, url) == (
        "Sasaran observasi, sampai 24 Desember 2026: Semua pasien mengulang",
        row.get_absolute_url(),
    )
    services.follow_observation(
        actor=ward.viewer("dewi"),
        observation=row,
        planned=services.Planned((ward.cast.dewi,), TODAY, "Poli"),
        form_key=uuid4(),
    )
    assert points(ward.cast.siti.pk, TODAY + timedelta(days=30)) == []


def test_a_new_version_touches_nothing_that_was_planned(ward):
    """The frozen words: what was finished keeps its version."""
    row = ward.finished()
    before = ward.instrument
    rubric = before.content
    wanted = services.Wanted("Observasi baru", "Poli", TODAY, "SK 8/2026", rubric, ("perawat",))
    made = services.set_instrument(actor=ward.viewer("bambang"), before=before, wanted=wanted, form_key=uuid4())
    assert (made.number, made.code) == (2, "poliklinik")
    kept = Observation.objects.select_related("instrument").get(pk=row.pk)
    assert (kept.instrument.number, kept.instrument.name, kept.state) == (
        1,
        "Observasi pelayanan poliklinik",
        ObservationState.FINISHED,
    )
