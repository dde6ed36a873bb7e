"""Who may speak, read, answer and take back; in which part somebody speaks."""

from datetime import date

from django.utils.translation import gettext

from terang.evidence.dialogue.models import Feedback, FeedbackAsk, GiverKind, Talk
from terang.registry.people.access import may_see_performance, require_agency, require_role, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import appraisers_on, main_posts, superiors_on
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_speaker(viewer: Viewer | None, subject: Employee) -> Viewer:
    """Anybody of the same government may speak to anybody else there; nobody to themselves."""
    viewer = require_viewer(viewer)
    require_agency(viewer, subject.agency_id)
    if viewer.employee.pk == subject.pk:
        raise NotAllowed(gettext("Umpan balik diberikan kepada orang lain. Catat pekerjaan Anda sendiri di Kegiatan."))
    if subject.left_on is not None and subject.left_on <= viewer.today:
        raise NotAllowed(gettext("%(name)s tidak bekerja di sini lagi.") % {"name": subject.name})
    return viewer


def may_read(viewer: Viewer | None, feedback: Feedback) -> bool:
    """The one it is about, who gave it, and who may see the person's performance."""
    if not viewer or viewer.agency_id != feedback.subject.agency_id:
        return False
    return viewer.employee.pk == feedback.giver_id or may_see_performance(viewer, feedback.subject)


def require_reader(viewer: Viewer | None, feedback: Feedback) -> Viewer:
    viewer = require_viewer(viewer)
    if not may_read(viewer, feedback):
        raise NotAllowed(gettext("Umpan balik ini hanya untuk penerimanya, pemberinya, dan atasan penerimanya."))
    return viewer


def require_subject(viewer: Viewer | None, feedback: Feedback) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != feedback.subject_id:
        raise NotAllowed(gettext("Hanya penerima umpan balik yang dapat menanggapi."))
    return viewer


def require_giver(viewer: Viewer | None, feedback: Feedback) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != feedback.giver_id:
        raise NotAllowed(gettext("Hanya pemberi umpan balik yang dapat mencabutnya."))
    return viewer


def require_asked(viewer: Viewer | None, ask: FeedbackAsk) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != ask.asked_id:
        raise NotAllowed(gettext("Permintaan ini ditujukan kepada orang lain."))
    return viewer


def may_set_terms(viewer: Viewer | None) -> bool:
    return bool(viewer and viewer.has(Role.PERSONNEL))


def require_terms_keeper(viewer: Viewer | None) -> Viewer:
    require_role(viewer, Role.PERSONNEL)
    return require_viewer(viewer)


def giver_kind(giver: Employee, subject: Employee, on: date) -> GiverKind:
    """In which part one speaks to the other on a day: who appraises them or stands above that appraiser is a leader,
    the other way round a subordinate; same main unit means a colleague. Nine queries."""
    both = [giver.pk, subject.pk]
    appraisers, superiors = appraisers_on(subject.agency_id, on, both), superiors_on(subject.agency_id, on, both)
    for one, other, kind in ((subject, giver, GiverKind.LEADER), (giver, subject, GiverKind.SUBORDINATE)):
        above = [each.get(one.pk) for each in (appraisers, superiors)]
        if any(each and other.pk in (each.employee_id, each.stand_in.pk if each.stand_in else None) for each in above):
            return kind
    posts = main_posts(both, on)
    units = {posts[pk].post.unit_id for pk in both if pk in posts}
    return GiverKind.PEER if len(units) == 1 and len(posts) == len(set(both)) else GiverKind.OTHER


def leader_of(viewer: Viewer | None, employee: Employee) -> Employee:
    """The leader with whom the employee talks today, for the leader (or who stands in) and the employee alone. Six
    queries."""
    viewer = require_viewer(viewer)
    require_agency(viewer, employee.agency_id)
    appraiser = appraisers_on(employee.agency_id, viewer.today, [employee.pk]).get(employee.pk)
    if appraiser is None:
        raise NotAllowed(gettext("%(name)s belum punya pejabat penilai pada tanggal ini.") % {"name": employee.name})
    stand_in = appraiser.stand_in.pk if appraiser.stand_in else None
    if viewer.employee.pk not in (employee.pk, appraiser.employee.pk, stand_in):
        raise NotAllowed(gettext("Dialog kinerja dipanggil oleh pimpinan atau pegawainya sendiri."))
    return appraiser.employee


def require_talker(viewer: Viewer | None, talk: Talk) -> Viewer:
    """One of the two who talk."""
    viewer = require_viewer(viewer)
    if viewer.employee.pk not in (talk.leader_id, talk.employee_id):
        raise NotAllowed(gettext("Hanya kedua peserta dialog yang dapat mengisinya."))
    return viewer


def require_confirmer(viewer: Viewer | None, talk: Talk) -> Viewer:
    """The employee, who holds the second key."""
    viewer = require_talker(viewer, talk)
    if viewer.employee.pk != talk.employee_id:
        raise NotAllowed(gettext("Konfirmasi ini dari pegawainya, bukan dari pimpinan."))
    return viewer


def require_talk_reader(viewer: Viewer | None, talk: Talk) -> Viewer:
    """Both, and who may see the employee's performance."""
    viewer = require_viewer(viewer)
    if viewer.employee.pk != talk.leader_id and not may_see_performance(viewer, talk.employee):
        raise NotAllowed(gettext("Dialog ini hanya untuk kedua pesertanya dan atasan mereka."))
    return viewer
