"""What counts and what stands: marks of two, what was withdrawn, who decides today, chores, two clicks."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, OperationalError, transaction
from django.utils import timezone
from tests.cast import NOW

from terang.evidence.observation import services
from terang.evidence.observation.access import may_decide
from terang.evidence.observation.duties import waiting_for
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.results import result_rows, shift_of
from terang.evidence.observation.selectors import observation_for
from terang.evidence.observation.services import Noted, Planned, Prepared, Told, chores, deciding, telling
from terang.evidence.observation.services.chores import every_hour
from terang.evidence.observation.talk_points import points
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment, Employee, Post

S = ObservationState
WEEK = timedelta(days=7)


def begun(ward):
    """Dewi has begun her sheet and given nothing."""
    row = ward.agreed()
    services.save_sheet(actor=ward.viewer("dewi"), sheet=row.sheets.get(number=1), noted={"1": Noted(2, "Jelas")})
    return row


def withdrawn(ward, row, actor="bambang"):
    return services.withdraw_observation(
        actor=ward.viewer(actor), observation=row, reason="Pengamatnya pindah", version=row.version
    )


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
