"""The states of a part of a plan, of a session, and of a person in it; who moves them, and where to.

–          propose  → diusulkan    the person, or their appraiser
diusulkan  agree    → disetujui    the other of the two
diusulkan  decline  → ditolak      the other of the two, with a word
diusulkan  withdraw → ditarik      who proposed it
disetujui  (finish) → terlaksana   a session of its course was finished with the person

–          schedule → terbuka      the personnel agency
terbuka    change   → terbuka      the personnel agency; who waits moves up when seats are added
terbuka    finish   → selesai      the personnel agency, once every day's roster is kept
terbuka    cancel   → batal        the personnel agency, with a reason

–          invite   → diundang     the person's appraiser; holds no seat
–          enrol    → terdaftar | antre   the person: a seat, or a place in the waiting list
diundang   accept   → terdaftar | antre   the person
diundang   refuse   → menolak      the person, with a word
terdaftar  leave    → batal        the person; who waits first moves up
antre      leave    → batal        the person
antre      (a seat) → terdaftar    by itself
terdaftar  (finish) → selesai | belum     by the hours they were there
diundang, antre (finish) → gugur   by itself

–             declare → dinyatakan     the person, with the certificate; or a table of the personnel agency
dinyatakan    verify  → sah            another of the personnel agency; from then on the hours count
dinyatakan    return  → dikembalikan   another of the personnel agency, with a reason
dinyatakan, sah contest → disanggah    the person, about what others brought in; what counts counts on, marked
disanggah     answer  → sah | dicabut  another of the personnel agency than who brought it in
"""

from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.training.models import (
    Course,
    CourseTest,
    DeclaredState,
    DeclaredTraining,
    Enrolment,
    EnrolmentState,
    Phase,
    PlanItem,
    PlanState,
    SessionDay,
    SessionState,
    TrainingSession,
)
from terang.web.errors import NotNow, Stale
from terang.web.numbers import longdate

_ANSWERED = {
    PlanState.AGREED: _("Rencana ini sudah disetujui."),
    PlanState.DECLINED: _("Rencana ini sudah dijawab: tidak disetujui."),
    PlanState.WITHDRAWN: _("Rencana ini sudah ditarik."),
    PlanState.DONE: _("Pelatihan ini sudah terlaksana."),
}
_ENDED = {
    SessionState.FINISHED: _("Sesi ini sudah selesai dan tidak berubah lagi."),
    SessionState.CANCELLED: _("Sesi ini sudah dibatalkan."),
}


def require_offered(course: Course) -> None:
    """Raises NotNow where the course was withdrawn."""
    if course.withdrawn_on:
        raise NotNow(gettext("Pelatihan ini tidak ditawarkan lagi. Pilih yang lain dari katalog."))


def require_unanswered(item: PlanItem) -> None:
    """Raises NotNow where the part of the plan was answered or withdrawn."""
    if item.state != PlanState.PROPOSED:
        raise NotNow(str(_ANSWERED[PlanState(item.state)]))


def require_scheduled(session: TrainingSession) -> None:
    """Raises NotNow where the session has ended or was cancelled."""
    if session.state != SessionState.OPEN:
        raise NotNow(str(_ENDED[SessionState(session.state)]))


def is_enrolling(session: TrainingSession, today: date) -> bool:
    return session.state == SessionState.OPEN and today <= session.enrol_until


def require_enrolling(session: TrainingSession, today: date) -> None:
    """Raises NotNow where nobody can enrol any more."""
    require_scheduled(session)
    if not is_enrolling(session, today):
        told = gettext("Pendaftaran ditutup %(day)s. Pilih sesi berikutnya.")
        raise NotNow(told % {"day": longdate(session.enrol_until)})


def require_begun(day: SessionDay, today: date) -> None:
    """Raises NotNow where the day lies ahead."""
    if today < day.day:
        told = gettext("Daftar hadir diisi mulai %(day)s.")
        raise NotNow(told % {"day": longdate(day.day)})


def require_declared(row: DeclaredTraining, state: DeclaredState) -> None:
    """Raises NotNow where a declared training is in another state."""
    if row.state != state:
        told = gettext("Pelatihan ini sekarang berstatus: %(state)s.")
        raise NotNow(told % {"state": row.get_state_display()})


def days_of_test(session: TrainingSession, test: CourseTest, phase: str) -> tuple[date | None, date]:
    """From which day (missing: since one has a seat) to which the test of a phase is open, both inclusive."""
    if phase == Phase.BEFORE:
        return None, session.starts_on
    return session.ends_on, session.ends_on + timedelta(days=test.open_days)


def why_test_shut(enrolment: Enrolment, phase: str, today: date) -> str:
    """Why somebody cannot take the test of a phase today; empty where they can."""
    session = enrolment.session
    if session.test is None:
        return gettext("Pelatihan ini tidak punya uji.")
    first, last = days_of_test(session, session.test, phase)
    if enrolment.state != EnrolmentState.SEATED or session.state != SessionState.OPEN:
        return gettext("Uji ini untuk peserta yang terdaftar, sampai sesinya diselesaikan.")
    if first and today < first:
        return gettext("Uji akhir dibuka %(day)s.") % {"day": longdate(first)}
    if today > last:
        return gettext("Uji ini ditutup %(day)s.") % {"day": longdate(last)}
    return ""


def require_test_open(enrolment: Enrolment, phase: str, today: date) -> CourseTest:
    """The test, where the person may take it today. Raises NotNow."""
    if why := why_test_shut(enrolment, phase, today):
        raise NotNow(why)
    assert enrolment.session.test is not None
    return enrolment.session.test


def require_version(
    row: Course | PlanItem | TrainingSession | SessionDay | Enrolment | DeclaredTraining, version: int
) -> None:
    """Raises Stale where the page was drawn from another version of the row."""
    if row.version != version:
        raise Stale(gettext("Data ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
