"""What happens between the states: a goal that changes, people who go, days that pass, two at once."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW

from terang.audit.models import JournalEntry
from terang.evidence.observation import services
from terang.evidence.observation.access import may_decide
from terang.evidence.observation.duties import waiting_for
from terang.evidence.observation.models import Mark, Observation, ObservationState, Sheet
from terang.evidence.observation.results import result_rows, shift_of
from terang.evidence.observation.selectors import beside, observation_for
from terang.evidence.observation.services import Noted, Planned, Prepared, Told, chores, deciding, telling
from terang.evidence.observation.services.chores import every_hour
from terang.evidence.observation.steps import next_step
from terang.evidence.observation.talk_points import points
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment, Employee, Post
from terang.web.errors import NotAllowed, NotNow, Stale

S = ObservationState
WEEK = timedelta(days=7)


def begun(ward):
    """Dewi has begun her sheet and given nothing."""
    row = ward.agreed()
    services.save_sheet(actor=ward.viewer("dewi"), sheet=row.sheets.get(number=1), noted={"1": Noted(2, "Jelas")})
    return row


def moved(ward, row, actor="siti", day=None):
    return services.reschedule_observation(
        actor=ward.viewer(actor), observation=row, day=day or row.day, reason="Rapat", version=row.version
    )


def test_another_day_begins_an_empty_sheet(ward):
    moved(ward, begun(ward))
    assert not Mark.objects.exists()
    assert set(Sheet.objects.values_list("saved_at", flat=True)) == {None}


def test_another_indicator_begins_an_empty_sheet_and_the_same_one_keeps_it(ward):
    """Behaviours are 1, 2, 3 in every indicator: marks of one would become marks of another."""
    row = begun(ward)
    Observation.objects.update(state="direncanakan")
    for indicator, kept in (("penjelasan", 1), ("identitas", 0)):
        row.refresh_from_db()
        row = services.prepare_observation(
            actor=ward.viewer("siti"), observation=row, prepared=Prepared("A", "", indicator), version=row.version
        )
        assert (Mark.objects.count(), Sheet.objects.exclude(saved_at=None).count()) == (kept, kept)


def test_a_page_of_another_indicator_marks_nothing(ward, client):
    row = ward.agreed()
    client.force_login(ward.cast.dewi.user)
    url = reverse("observation:sheet", args=[row.sheets.get(number=1).pk])
    assert 'name="picked" value="penjelasan"' in client.get(url).content.decode()
    levels = {"level_1": 2, "level_2": 2, "level_3": 2, "action": "serahkan"}
    Observation.objects.update(indicator="identitas")
    assert client.post(url, levels | {"picked": "penjelasan"}).status_code == 409
    with pytest.raises(Stale):
        services.save_sheet(
            actor=ward.viewer("dewi"), sheet=row.sheets.get(number=1), noted={"1": Noted(2)}, indicator="penjelasan"
        )
    assert not Mark.objects.exists()
    assert client.post(url, levels | {"picked": "identitas"}).status_code == 302


def half(ward):
    """Dewi has given, Wati has begun and then left."""
    row = ward.agreed()
    services.save_sheet(actor=ward.viewer("wati"), sheet=row.sheets.get(number=2), noted={"1": Noted(1)})
    row = ward.give(row, "dewi", 2, 1, 0)
    Employee.objects.filter(pk=ward.wati.pk).update(left_on=ward.today)
    return row


def replaced(ward, row, actor="bambang", name="agus", number=2):
    return services.replace_observer(
        actor=ward.viewer(actor), observation=row, number=number, observer=ward.cast.people[name], version=row.version
    )


def test_an_open_sheet_goes_to_somebody_else_who_begins_anew(ward):
    row = half(ward)
    for actor in ("dewi", "siti", "agus", "lina"):
        with pytest.raises(NotAllowed):
            replaced(ward, row, actor=actor)
    for name in ("dewi", "wati", "siti"):
        with pytest.raises(ValidationError):
            replaced(ward, row, name=name)
    with pytest.raises(NotNow, match="sudah diserahkan"):
        replaced(ward, row, number=1)
    row = replaced(ward, row)
    sheet = row.sheets.get(number=2)
    assert (sheet.observer, sheet.kind, sheet.saved_at, sheet.marks.count()) == (ward.cast.agus, "pengawas", None, 0)
    assert ward.give(row, "agus", 2, 1, 0).state == S.MARKED
    assert JournalEntry.objects.filter(verb="observation.observer_replaced").count() == 1


def test_what_can_go_no_further_is_withdrawn_and_stands_in_nobodys_way(ward):
    """Half given, given by both, and settled: whoever must go on has gone."""
    for number in range(3):
        row = half(ward) if number == 0 else ward.marked() if number == 1 else ward.settled()
        with pytest.raises(NotAllowed):
            withdrawn(ward, row, "dewi")
        assert withdrawn(ward, row).state == S.WITHDRAWN
        Employee.objects.filter(pk=ward.wati.pk).update(left_on=None)
    assert ward.plan()


def withdrawn(ward, row, actor="bambang"):
    return services.withdraw_observation(
        actor=ward.viewer(actor), observation=row, reason="Pengamatnya pindah", version=row.version
    )


def test_before_the_first_sheet_it_is_called_off_instead(ward):
    with pytest.raises(NotNow, match="Batalkan saja"):
        withdrawn(ward, ward.agreed())


def test_who_decides_finds_both_ways_on_the_page(ward, client):
    row = half(ward)
    urls = [reverse(f"observation:{name}", args=[row.pk]) for name in ("replace", "withdraw")]
    for name, shown in (("bambang", True), ("dewi", False)):
        client.force_login(ward.cast.people[name].user)
        page = client.get(row.get_absolute_url()).content.decode()
        assert [f'href="{url}"' in page for url in urls] == [shown, shown]
    client.force_login(ward.cast.bambang.user)
    told = {"number": 2, "observers": ward.cast.agus.pk, "version": row.version}
    assert "Dewi" not in client.get(urls[0]).content.decode().split('name="number"')[1].split("</select>")[0]
    assert client.post(urls[0], told | {"nip": "1"}).status_code == 422
    assert client.post(urls[0], told).status_code == 302
    assert row.sheets.get(number=2).observer == ward.cast.agus


def test_a_third_party_who_moves_the_day_agrees_in_nobodys_name(ward):
    """Dewi leads Siti and does not observe."""
    row = ward.agreed("wati")
    row = moved(ward, row, actor="dewi", day=row.day + WEEK)
    row.refresh_from_db()
    assert (row.state, row.observed_agreed_at, row.observer_agreed_at) == (S.PLANNED, None, None)
    row = moved(ward, row, actor="wati")
    row.refresh_from_db()
    assert (row.observed_agreed_at, bool(row.observer_agreed_at)) == (None, True)


def test_nobody_agrees_to_a_day_that_has_passed(ward, client):
    row = ward.plan()
    row = services.prepare_observation(
        actor=ward.viewer("siti"), observation=row, prepared=Prepared("A", "", "penjelasan"), version=0
    )
    ward.at(1)
    with pytest.raises(NotNow, match="sudah lewat"):
        services.agree_observation(actor=ward.viewer("dewi"), observation=row, version=row.version)
    step = next_step(ward.viewer("dewi"), row, beside(row))
    assert [action.url for action in step.actions][:1] == [reverse("observation:reschedule", args=[row.pk])]
    row = moved(ward, row, actor="dewi", day=ward.today)
    assert services.agree_observation(actor=ward.viewer("siti"), observation=row, version=row.version).state == S.AGREED


def test_of_two_sheets_nothing_counts_before_the_common_marks(ward):
    row = observation_for(ward.viewer("dewi"), ward.marked().pk)
    cells = [cell for line in result_rows(ward.viewer("dewi"), row) for cell in line.cells]
    assert not any(cell.main for cell in cells)
    assert [name for cell in cells for name in cell.tags].count("Wati Kusuma") == 3
    row = observation_for(ward.viewer("dewi"), ward.settle(row, 2, 1, 1).pk)
    assert sum(cell.main for line in result_rows(ward.viewer("dewi"), row) for cell in line.cells) == 3


def test_the_own_sheet_of_two_is_shown_and_counts_for_nothing(ward):
    row = observation_for(ward.viewer("dewi"), begun(ward).pk)
    cells = [cell for line in result_rows(ward.viewer("dewi"), row) for cell in line.cells]
    assert not any(cell.main for cell in cells)
    assert sum(len(cell.tags) for cell in cells) == 1


def test_two_observers_of_the_same_name_stay_two(ward):
    Employee.objects.filter(pk=ward.wati.pk).update(name=ward.cast.dewi.name)
    row = observation_for(ward.viewer("dewi"), ward.marked().pk)
    tags = [tag for line in result_rows(ward.viewer("dewi"), row) for cell in line.cells for tag in cell.tags]
    name = ward.cast.dewi.name
    assert [tags.count(f"{name} ({number})") for number in (1, 2)] == [3, 3]


def followed(ward, first):
    """A second one a month later, told by Dewi alone."""
    ward.at(31)
    planned = Planned((ward.cast.dewi,), ward.today, "Poli umum")
    row = services.follow_observation(actor=ward.viewer("wati"), observation=first, planned=planned, form_key=uuid4())
    row = services.prepare_observation(
        actor=ward.viewer("dewi"), observation=row, prepared=Prepared("Lihat lagi", ""), version=row.version
    )
    row = services.agree_observation(actor=ward.viewer("siti"), observation=row, version=row.version)
    return ward.tell(ward.give(row, "dewi", 2, 2, 1))


def test_what_was_withdrawn_is_compared_with_nothing(ward):
    first = ward.finished()
    second = followed(ward, first)
    assert shift_of(first, second)
    assert shift_of(first, withdrawn(ward, second)) is None
    Observation.objects.filter(pk=second.pk).update(state=S.TOLD)
    assert shift_of(withdrawn(ward, first), Observation.objects.get(pk=second.pk)) is None


def test_a_second_one_that_was_called_off_does_not_silence_the_aim(ward):
    first = ward.finished()
    ward.at(31)
    planned = Planned((ward.cast.dewi,), ward.today, "Poli umum")
    second = services.follow_observation(
        actor=ward.viewer("dewi"), observation=first, planned=planned, form_key=uuid4()
    )
    assert points(ward.cast.siti.pk, ward.today) == []
    services.cancel_observation(actor=ward.viewer("dewi"), observation=second, reason="Sakit", version=0)
    assert [url for _text, url in points(ward.cast.siti.pk, ward.today)] == [first.get_absolute_url()]


def test_an_aim_lies_ahead(ward):
    row = ward.settled()
    ward.at(5)
    for day, refused in ((4, True), (5, False)):
        told = Told("A", "B", "C", row.day + timedelta(days=day))
        if refused:
            with pytest.raises(ValidationError) as error:
                services.tell_observation(actor=ward.viewer("dewi"), observation=row, told=told, version=row.version)
            assert set(error.value.message_dict) == {"aim_due_on"}
        else:
            services.tell_observation(actor=ward.viewer("dewi"), observation=row, told=told, version=row.version)


def test_the_decision_waits_with_who_leads_the_person_today(ward):
    """Siti has moved to Tono's department since she was observed; her old head's head decides nothing."""
    ward.contested()
    asked = "Siti Rahma meminta pengamat lain"
    names = ("bambang", "maya", "dewi", "siti", "wati")
    assert [name for name in names if asked in titles(ward, name)] == ["bambang", "maya"]
    post = next(each for each in Post.objects.filter(unit__agency=ward.cast.agency) if away(ward, each))
    Assignment.objects.filter(employee=ward.cast.siti).update(post=post)
    assert [name for name in names if asked in titles(ward, name)] == ["maya"]
    for name in names:
        observation = Observation.objects.get()
        assert may_decide(ward.viewer(name), observation) == (asked in titles(ward, name)), name


def titles(ward, name):
    return [duty.title for duty in waiting_for(ward.viewer(name))]


def away(ward, post):
    """A post that holds nobody up, outside Bambang's department."""
    return not post.is_head and not post.unit.path.startswith(ward.cast.units["health"].path)


def test_a_government_with_a_wrong_zone_stops_nobody_else(ward):
    row = ward.told()
    Agency.objects.create(code="00.01", name="Pemerintah di Mars", kind="kota", time_zone="Mars/Olympus")
    ward.at(8)
    every_hour()
    row.refresh_from_db()
    assert row.state == S.FINISHED


def test_one_that_fails_does_not_stop_the_next_unless_the_database_does(ward, monkeypatch):
    broken = ward.told()
    row = Observation.objects.get(pk=broken.pk)
    row.pk, row.form_key = None, uuid4()
    row.save(force_insert=True)
    ward.at(8)
    for error, state in ((OperationalError, S.TOLD), (DataError, S.FINISHED)):
        monkeypatch.setattr(chores, "finish", failing(broken, error))
        if error is OperationalError:
            with pytest.raises(OperationalError):
                every_hour()
        else:
            every_hour()
        row.refresh_from_db()
        assert row.state == state
    broken.refresh_from_db()
    assert broken.state == S.TOLD


def failing(broken, error):
    def finish(observation, *rest):
        if observation.pk == broken.pk:
            raise error
        telling.finish(observation, *rest)

    return finish


def test_two_clicks_at_once_on_another_observer_give_the_same_one(ward, monkeypatch):
    """The other click is done after this one has begun and before it holds the row."""
    row, key, first = ward.contested(), uuid4(), []

    def renew():
        return services.renew_observation(
            actor=ward.viewer("bambang"),
            observation=row,
            planned=Planned((ward.cast.agus,), ward.today, "Poli umum"),
            form_key=key,
            version=row.version,
        )

    def atomic():
        monkeypatch.undo()
        monkeypatch.setattr(timezone, "now", lambda: NOW)
        first.append(renew())
        return transaction.atomic()

    monkeypatch.setattr(deciding, "transaction", SimpleNamespace(atomic=atomic))
    assert renew() == first[0]
    assert Observation.objects.count() == 2
