"""The office with somebody who reports, an overseer of the Inspektorat, a colleague, and terms for half-years."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from terang.evidence.reports.evidence import facts
from terang.evidence.reports.models import Report, Seat
from terang.evidence.reports.services.reading import Judgement, rate_report, return_report
from terang.evidence.reports.services.writing import Words, open_report, submit_report
from terang.evidence.work.models import Entry, EntryState
from terang.planning.plans.models import Indicator
from terang.registry.people.models import Employee
from terang.rules.reports.rubric import preset

HALF = date(2026, 7, 1)
WHOLE = Words(others="", challenges="Listrik padam tiga kali.", plans="Loket cadangan pada Februari.")


def marks(level):
    return {each.code: level for each in preset().criteria}


def judged(level):
    return Judgement(marks(level), {"bukti": "Sudah dilihat"}, "Baik")


GOOD = judged(3)


@dataclass
class Desk:
    """Ways through a report. `office.today` is the day of the clock."""

    office: object
    author: Employee
    overseer: Employee
    colleague: Employee
    indicator: Indicator
    monkeypatch: pytest.MonkeyPatch

    def people(self):
        return {
            "author": self.author,
            "head": self.office.head,
            "overseer": self.overseer,
            "colleague": self.colleague,
        }

    def viewer(self, person):
        return self.office.viewer(person)

    def chief(self):
        """Somebody above the head."""
        return self.office.employee("Kepala Dinas", is_head=True, unit=self.office.root)

    def later(self, day):
        moment = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        self.monkeypatch.setattr(timezone, "now", lambda: moment)

    def accepts(self, milli):
        Entry.objects.create(
            employee=self.author,
            day=date(2026, 11, 2),
            result=self.indicator.result,
            indicator=self.indicator,
            text="Dokumen",
            quantity_milli=milli,
            state=EntryState.ACCEPTED,
            submitted_at=timezone.now(),
            form_key=uuid4(),
        )

    def opened(self, person=None):
        return open_report(actor=self.viewer(person or self.author), kind="semester", start=HALF)

    def hands_in(self, report, words=WHOLE):
        if not report.achievements.exists() and not words.others:
            words = Words(others="Melayani warga", challenges=words.challenges, plans=words.plans)
        actor = self.viewer(report.employee)
        return submit_report(actor=actor, report=report, words=words, version=report.version, page=uuid4())

    def submitted(self, person=None):
        return self.hands_in(self.opened(person))

    def _reading(self, report, seat):
        rows = report.readings.select_related("report__employee__agency", "report__unit")
        reading = rows.get(seat=seat, look=1)
        person = self.office.head if seat == Seat.SUPERIOR else reading.reader
        return reading, self.viewer(person)

    def rates(self, report, seat, judgement):
        reading, actor = self._reading(report, seat)
        return rate_report(actor=actor, reading=reading, judgement=judgement, version=reading.version)

    def returns(self, report, seat, note="Tambahkan bukti"):
        reading, actor = self._reading(report, seat)
        return return_report(actor=actor, reading=reading, note=note, version=reading.version)

    def rated(self, superior, oversight, person=None):
        report = self.submitted(person)
        self.rates(report, Seat.SUPERIOR, judged(superior))
        self.rates(report, Seat.OVERSIGHT, judged(oversight))
        return Report.objects.select_related("employee__agency", "terms").get(pk=report.pk)

    def facts(self):
        return facts([self.author.pk], date(2026, 1, 1), date(2027, 1, 1))["report_ratings"]
