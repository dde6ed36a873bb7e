"""The verbs of units, calendar and outage ledger: successes beside refusals."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.cast import SINCE, TODAY, ZONE, make_cast

from terang.audit.models import JournalEntry
from terang.registry.organization import services
from terang.registry.organization.access import KEEPER
from terang.registry.organization.calendars import is_working_day, outage_days
from terang.registry.organization.models import Holiday, Outage, Unit, WorkWeek
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow, Stale


@pytest.fixture
def keeper(cast):
    return cast.viewer("maya")


def test_the_keeper_is_the_personnel_agency():
    assert KEEPER == Role.PERSONNEL


def add_holiday(cast, actor, **changed):
    values = {"day": TODAY, "name": "Hari jadi kota", "basis": "SE 5/2026"}
    return services.add_holiday(actor=actor, agency=cast.agency, **(values | changed))


def test_a_local_holiday_moves_the_working_days_and_is_journaled(cast, keeper):
    holiday = add_holiday(cast, keeper)
    assert not is_working_day(cast.agency, TODAY)
    services.remove_holiday(actor=keeper, holiday=holiday, reason="SE dicabut")
    assert is_working_day(cast.agency, TODAY)
    assert list(JournalEntry.objects.values_list("verb", "reason")) == [
        ("organization.holiday_added", "SE 5/2026"),
        ("organization.holiday_removed", "SE dicabut"),
    ]


def test_a_holiday_twice_national_or_without_basis_is_refused(cast, keeper):
    holiday = add_holiday(cast, keeper)
    with pytest.raises(ValidationError, match="sudah ada di kalender"):
        add_holiday(cast, keeper)
    with pytest.raises(ValidationError, match="Kelahiran Yesus Kristus"):
        add_holiday(cast, keeper, day=date(2026, 12, 25))
    with pytest.raises(ValidationError, match="dasar penetapan"):
        add_holiday(cast, keeper, day=date(2026, 11, 30), basis=" ")
    with pytest.raises(ValidationError, match="alasannya"):
        services.remove_holiday(actor=keeper, holiday=holiday, reason="")
    assert Holiday.objects.count() == 1


@pytest.mark.parametrize("name", ["andi", "sri", "agus", "lina", "tono", "mayor"])
def test_others_may_not_change_the_calendar(cast, name):
    with pytest.raises(NotAllowed):
        add_holiday(cast, cast.viewer(name))
    stranger = make_cast("99.72", "Pemerintah Kota Lain").viewer("maya")
    with pytest.raises(NotAllowed):
        add_holiday(cast, stranger)


def set_week(cast, actor, **changed):
    values = {
        "unit": None,
        "weekdays": "123456",
        "starts_at": time(7, 30),
        "ends_at": time(14),
        "shifts": False,
        "on": TODAY,
    }
    return services.set_work_week(actor=actor, agency=cast.agency, **(values | changed))


def test_a_new_working_week_ends_the_one_before(cast, keeper):
    set_week(cast, keeper)
    assert is_working_day(cast.agency, date(2026, 11, 28))
    assert not is_working_day(cast.agency, date(2026, 11, 21))
    assert WorkWeek.objects.filter(agency=cast.agency, unit=None, valid_to=None).count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"weekdays": ""}, "satu hari kerja"),
        ({"weekdays": "18"}, "satu hari kerja"),
        ({"ends_at": time(7)}, "sesudah jam masuk"),
        ({"on": SINCE}, "Pilih tanggal sesudahnya"),
    ],
)
def test_a_working_week_without_sense_is_refused(cast, keeper, changed, words):
    with pytest.raises(ValidationError, match=words):
        set_week(cast, keeper, **changed)
    assert not JournalEntry.objects.exists()


def test_an_outage_is_recorded_and_closed_once(cast, keeper):
    begun = datetime(2026, 11, 10, 8, tzinfo=ZONE)
    outage = services.record_outage(
        actor=keeper, agency=cast.agency, unit=None, started_at=begun, ended_at=None, cause="Listrik padam"
    )
    services.end_outage(actor=keeper, outage=outage, ended_at=begun + timedelta(hours=3))
    assert outage_days(cast.agency, date(2026, 11, 1), date(2026, 12, 1)) == {date(2026, 11, 10)}
    with pytest.raises(NotNow, match="sudah ditutup"):
        services.end_outage(actor=keeper, outage=outage, ended_at=begun + timedelta(hours=4))


def test_an_outage_in_the_future_or_ending_before_it_begins_is_refused(cast, keeper):
    now = timezone.now()
    record = {"actor": keeper, "agency": cast.agency, "unit": None, "cause": "Listrik padam"}
    with pytest.raises(ValidationError, match="sebelum terjadi"):
        services.record_outage(**record, started_at=now + timedelta(hours=1), ended_at=None)
    with pytest.raises(ValidationError, match="sesudah mulai"):
        services.record_outage(**record, started_at=now - timedelta(hours=1), ended_at=now - timedelta(hours=2))
    with pytest.raises(ValidationError, match="lebih dari sekarang"):
        services.record_outage(**record, started_at=now - timedelta(hours=1), ended_at=now + timedelta(hours=2))
    assert not Outage.objects.exists()


def test_a_unit_is_added_under_its_parent_and_closed_with_a_reason(cast, keeper):
    unit = services.add_unit(
        actor=keeper, parent=cast.units["health"], kind="uptd", code="lab", name="Labkes", serves_public=True, on=SINCE
    )
    assert unit.path == f"{cast.units['health'].path}{unit.pk}/"
    with pytest.raises(Stale):
        services.close_unit(actor=keeper, unit=unit, on=TODAY, version=3, reason="Digabung")
    services.close_unit(actor=keeper, unit=unit, on=TODAY, version=0, reason="Digabung")
    assert Unit.objects.get(pk=unit.pk).valid_to == TODAY
    with pytest.raises(NotNow, match="masih berlaku"):
        services.close_unit(actor=keeper, unit=cast.units["health"], on=TODAY, version=0, reason="Digabung")
    with pytest.raises(NotNow, match="puncak"):
        services.close_unit(actor=keeper, unit=cast.units["root"], on=TODAY, version=0, reason="Digabung")


def test_a_unit_with_a_code_in_use_is_refused(cast, keeper):
    with pytest.raises(ValidationError):
        services.add_unit(
            actor=keeper,
            parent=cast.units["root"],
            kind="dinas",
            code="health",
            name="Dinas",
            serves_public=False,
            on=SINCE,
        )
