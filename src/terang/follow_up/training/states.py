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
"""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.training.models import (
    Course,
    Enrolment,
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


def require_version(row: Course | PlanItem | TrainingSession | SessionDay | Enrolment, version: int) -> None:
    """Raises Stale where the page was drawn from another version of the row."""
    if row.version != version:
        raise Stale(gettext("Data ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
