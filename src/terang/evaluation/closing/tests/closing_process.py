"""A process of the tests of closing: `prepare PEOPLE` makes Kota Terang with a year that is being closed, `worker` is a
worker with small, slow batches, `again` has the same year closed anew."""

import sys
import time
from datetime import date, timedelta
from uuid import uuid4

import django

django.setup()

from django.utils import timezone  # noqa: E402
from tests.cast import SINCE, make_cast  # noqa: E402
from tests.policy import DISCIPLINE  # noqa: E402

from terang.audit.worker import Worker  # noqa: E402
from terang.evaluation.appraisals.models import Appraisal, RatingWindow  # noqa: E402
from terang.evaluation.closing.models import Closing, FrozenScore  # noqa: E402
from terang.evaluation.closing.services import ask_closing, freezing  # noqa: E402
from terang.evaluation.models import Period, Score  # noqa: E402
from terang.evaluation.services import publish_policy  # noqa: E402
from terang.evidence.attendance.models import AttendanceDay  # noqa: E402
from terang.registry.people.models import Assignment, Employee  # noqa: E402
from terang.registry.people.viewer import viewer_for  # noqa: E402
from terang.reporting.documents import packets, tasks  # noqa: E402
from terang.reporting.documents.models import Packet  # noqa: E402

FIRST, RATED, ALIVE = date(2025, 1, 1), 8, timedelta(seconds=1)


def prepare(people: int) -> None:
    cast = make_cast()
    publish_policy(agency=cast.agency, text=DISCIPLINE)
    named = {"agency": cast.agency, "status": "pns", "joined_on": SINCE}
    more = [Employee.objects.create(nip=f"1990010120{n:08}", name=f"Pegawai {n:03}", **named) for n in range(people)]
    Assignment.objects.bulk_create(
        Assignment(employee=each, post=cast.posts["register_officer"], starts_on=SINCE) for each in more
    )
    AttendanceDay.objects.bulk_create(
        AttendanceDay(
            employee=each,
            day=FIRST + timedelta(days=n + 5),
            status="tanpa_keterangan" if (n + number) % 7 == 0 else "hadir",
            source="contoh",
        )
        for number, each in enumerate(more)
        for n in range(60)
    )
    period = Period.objects.create(
        agency=cast.agency, kind="year", name="2025", starts_on=FIRST, ends_on=date(2026, 1, 1)
    )
    said = {"opens_on": date(2025, 12, 1), "closes_on": date(2026, 1, 31), "basis": "SE 1", "opened_by": cast.maya}
    window = RatingWindow.objects.create(period=period, **said)
    unit = cast.units["register"]
    told = {
        "state": "selesai",
        "organisation": "baik",
        "work_result": "meets",
        "behaviour": "meets",
        "predicate": "baik",
    }
    day = {"decided_on": date(2026, 1, 12), "handed_on": date(2026, 1, 13), "received_on": date(2026, 1, 14)}
    for each in more[:RATED]:
        Appraisal.objects.create(window=window, employee=each, home=unit, unit=unit, rater=cast.hendra, **told, **day)
    close(period)


def close(period: Period) -> None:
    maya = Employee.objects.select_related("user").get(name="Maya Lestari")
    assert maya.user is not None
    viewer = viewer_for(maya.user, timezone.now())
    ask_closing(actor=viewer, period=period, basis="BA 1", reason="Uji", form_key=uuid4())


def again() -> None:
    Packet.objects.all().delete()
    FrozenScore.objects.all().delete()
    Closing.objects.all().delete()
    Score.objects.all().delete()
    Period.objects.update(closed_at=None)
    close(Period.objects.select_related("agency").get())


def work() -> None:
    """Three people a batch, a tenth of a second each, so that a kill falls into the middle."""
    real = freezing.pack

    def slowly(evidence: object) -> bytes:
        time.sleep(0.1)
        return real(evidence)  # type: ignore[arg-type]

    freezing.BATCH, freezing.pack = 3, slowly
    tasks.ALIVE = packets.ALIVE = ALIVE
    Worker().run()


if __name__ == "__main__":
    mode, *words = sys.argv[1:]
    if mode == "prepare":
        prepare(int(words[0]))
    elif mode == "again":
        again()
    else:
        work()
