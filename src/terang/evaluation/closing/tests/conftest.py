"""Kota Terang in December: November has ended, and everybody has some days of presence in it."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest
from tests.cast import ZONE, Cast
from tests.policy import DISCIPLINE

from terang.evaluation.closing.models import Closing
from terang.evaluation.closing.services import ask_closing, confirm_correction, freeze, propose_correction
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.services import open_periods, publish_policy
from terang.evidence.attendance.models import AttendanceDay
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.viewer import Viewer

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
DAYS = [date(2026, 11, number) for number in (2, 3, 4, 5, 6)]


class City:
    """The cast on a day that can be moved, with November and the steps of closing it."""

    def __init__(self, cast: Cast, version: PolicyVersion, period: Period) -> None:
        self.cast, self.version, self.period, self.day = cast, version, period, date(2026, 12, 15)

    def viewer(self, name: str) -> Viewer:
        return self.cast.viewer(name, datetime.combine(self.day, time(9), ZONE))

    def present(self, name: str, days: list[date], status: str = "hadir") -> None:
        for day in days:
            AttendanceDay.objects.update_or_create(
                employee=self.cast.people[name], day=day, defaults={"status": status, "source": "contoh"}
            )

    def ask(self, name: str = "maya", **others) -> Closing:
        said = {"basis": "BA 1/2026", "reason": "", "form_key": uuid4()} | others
        return ask_closing(actor=self.viewer(name), period=Period.objects.get(pk=self.period.pk), **said)

    def close(self) -> Closing:
        made = self.ask()
        freeze(made.pk)
        return Closing.objects.get(pk=made.pk)

    def correct(self, reason: str = "Libur daerah terlewat") -> Closing:
        said = {"basis": "BA 2/2026", "reason": reason, "form_key": uuid4()}
        made = propose_correction(actor=self.viewer("maya"), period=self.period, **said)
        confirm_correction(actor=self.viewer("mayor"), closing=made)
        freeze(made.pk)
        return Closing.objects.get(pk=made.pk)


@pytest.fixture
def city(cast, monkeypatch, settings) -> City:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    version = publish_policy(agency=cast.agency, text=DISCIPLINE)
    [period] = open_periods(agency=cast.agency, start=NOVEMBER, end=DECEMBER)
    made = City(cast, version, period)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.combine(made.day, time(9), ZONE))
    RoleGrant.objects.create(employee=cast.joko, role=Role.PERSONNEL, starts_on=NOVEMBER)
    made.present("andi", DAYS[:4])
    made.present("andi", DAYS[4:], "tanpa_keterangan")
    made.present("rina", DAYS)
    return made
