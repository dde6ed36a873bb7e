"""Who thanks, nominates, keeps calls, votes, chairs, and pays. Each raises NotAllowed with a reason."""

from collections.abc import Iterable

from django.utils.translation import gettext

from terang.follow_up.awards.models import Award, Call, Member, Nomination, Praise
from terang.follow_up.career.access import require_reader as require_career_reader
from terang.registry.people.access import require_agency, require_role, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import assignments_below, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def keeps(viewer: Viewer | None) -> bool:
    """Whether the viewer opens calls, checks nominations and gives bonuses: the personnel agency of the government."""
    return bool(viewer and "" in viewer.paths(Role.PERSONNEL))


def require_keeper(viewer: Viewer | None, agency_id: int) -> Viewer:
    require_agency(viewer, agency_id)
    viewer = require_viewer(viewer)
    if not keeps(viewer):
        raise NotAllowed(gettext("Hanya pengelola kepegawaian yang membuka penjaringan dan memeriksa usulan."))
    return viewer


def require_overview(viewer: Viewer | None) -> Viewer:
    """Who reads the list of service medals: the personnel agency and the regional head, over the whole government."""
    viewer = require_viewer(viewer)
    require_role(viewer, Role.PERSONNEL, Role.REGIONAL_HEAD)
    if "" not in viewer.paths(Role.PERSONNEL, Role.REGIONAL_HEAD):
        raise NotAllowed(gettext("Halaman ini untuk pengelola seluruh pemerintah daerah, bukan satu unit."))
    return viewer


def reads_medals(viewer: Viewer) -> bool:
    return "" in viewer.paths(Role.PERSONNEL, Role.REGIONAL_HEAD)


def require_service_reader(viewer: Viewer | None, employee: Employee) -> Viewer:
    """Who reads somebody's career reads what their medal still needs."""
    return require_career_reader(viewer, employee)


def require_thanker(viewer: Viewer | None, receiver: Employee) -> Viewer:
    """Anybody of the same government, never oneself."""
    require_agency(viewer, receiver.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk == receiver.pk:
        raise NotAllowed(gettext("Terima kasih diucapkan kepada orang lain."))
    return viewer


def require_giver(viewer: Viewer | None, praise: Praise) -> Viewer:
    """Only who thanked takes it back."""
    require_agency(viewer, praise.receiver.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk != praise.giver_id:
        raise NotAllowed(gettext("Hanya yang mengucapkannya yang dapat menariknya."))
    return viewer


def require_nominator(viewer: Viewer | None, call: Call, people: Iterable[Employee]) -> Viewer:
    """Who answers for everybody nominated, and is none of them: their appraiser, heads above, the personnel agency, the
    regional head. All of them may see the work, so the conditions are told to who nominates."""
    require_agency(viewer, call.agency_id)
    viewer = require_viewer(viewer)
    for each in people:
        if each.pk == viewer.employee.pk:
            raise NotAllowed(gettext("Diri sendiri diusulkan orang lain."))
        if not _answers_for(viewer, each):
            told = gettext("%(name)s diusulkan oleh atasannya, kepegawaian, atau kepala daerah, yang melihat buktinya.")
            raise NotAllowed(told % {"name": each.name})
    return viewer


def _answers_for(viewer: Viewer, employee: Employee) -> bool:
    """Overseers and auditors see the work, too, but put nobody forward."""
    if viewer.agency_id != employee.agency_id:
        return False
    paths = (*viewer.headed_paths, *viewer.paths(Role.PERSONNEL, Role.REGIONAL_HEAD))
    if "" in paths or employee.pk in direct_report_ids(viewer.employee, viewer.today):
        return True
    return bool(paths) and assignments_below(paths, viewer.today).filter(employee=employee).exists()


def seat_of(viewer: Viewer, call: Call) -> Member | None:
    """The viewer's seat in the committee. Reads `members` as prefetched."""
    return next((each for each in call.members.all() if each.employee_id == viewer.employee.pk), None)


def require_member(viewer: Viewer | None, call: Call) -> tuple[Viewer, Member]:
    """Only the committee of this call."""
    require_agency(viewer, call.agency_id)
    viewer = require_viewer(viewer)
    seat = seat_of(viewer, call)
    if seat is None:
        raise NotAllowed(gettext("Hanya panitia penghargaan ini yang memberi suara."))
    return viewer, seat


def require_chair(viewer: Viewer | None, call: Call) -> Viewer:
    """Only the chair of this call."""
    viewer, seat = require_member(viewer, call)
    if not seat.chairs:
        raise NotAllowed(gettext("Hanya ketua panitia yang menutup, memutus seri, dan mengumumkan."))
    if seat.conflict:
        raise NotAllowed(gettext("Anda punya benturan kepentingan. Kepegawaian menunjuk ketua lain."))
    return viewer


def reads_nominations(viewer: Viewer, call: Call) -> bool:
    """Whether the viewer reads all nominations of a call: the personnel agency and the committee."""
    return keeps(viewer) or seat_of(viewer, call) is not None


def may_read_nomination(viewer: Viewer, row: Nomination) -> bool:
    """The personnel agency, the committee, who nominated, and who is nominated. Reads `people` as prefetched."""
    own = viewer.employee.pk == row.nominated_by_id
    return own or reads_nominations(viewer, row.call) or any(each.pk == viewer.employee.pk for each in row.people.all())


def require_nomination_reader(viewer: Viewer | None, row: Nomination) -> Viewer:
    require_agency(viewer, row.call.agency_id)
    viewer = require_viewer(viewer)
    if not may_read_nomination(viewer, row):
        raise NotAllowed(gettext("Usulan dibaca pengusul, yang diusulkan, panitia, dan kepegawaian."))
    return viewer


def require_proposer(viewer: Viewer | None, row: Nomination) -> Viewer:
    """Only who nominated withdraws it."""
    require_agency(viewer, row.call.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk != row.nominated_by_id:
        raise NotAllowed(gettext("Usulan hanya dapat ditarik oleh yang mengajukannya."))
    return viewer


def require_checker(viewer: Viewer | None, row: Nomination) -> Viewer:
    """Somebody of the personnel agency who neither nominated nor is nominated."""
    viewer = require_keeper(viewer, row.call.agency_id)
    involved = {row.nominated_by_id, *(each.pk for each in row.people.all())}
    if viewer.employee.pk in involved:
        raise NotAllowed(gettext("Usulan oleh atau tentang Anda diperiksa rekan di kepegawaian."))
    return viewer


def may_check(viewer: Viewer, row: Nomination) -> bool:
    involved = {row.nominated_by_id, *(each.pk for each in row.people.all())}
    return keeps(viewer) and viewer.employee.pk not in involved


def why_not_pay(viewer: Viewer, call: Call) -> str:
    """Why this keeper may not give the bonus; empty where they may. Reads `awards` and `members` as prefetched."""
    if viewer.employee.pk == call.opened_by_id:
        return gettext("Anda yang membuka penjaringan ini dan menulis bonusnya, jadi orang kedua yang mencatatnya.")
    if any(each.employee_id == viewer.employee.pk for each in call.awards.all()):
        return gettext("Anda penerima penghargaan ini, jadi orang lain yang mencatat bonusnya.")
    if seat_of(viewer, call) is not None:
        return gettext("Anda panitia penghargaan ini, jadi orang lain yang mencatat bonusnya.")
    return ""


def require_payer(viewer: Viewer | None, call: Call) -> Viewer:
    """A second person of the personnel agency, who neither won nor voted."""
    viewer = require_keeper(viewer, call.agency_id)
    if why := why_not_pay(viewer, call):
        raise NotAllowed(why)
    return viewer


def require_award_reader(viewer: Viewer | None, award: Award) -> Viewer:
    """The certificate is for who was awarded and for the personnel agency."""
    require_agency(viewer, award.call.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk != award.employee_id and not keeps(viewer):
        raise NotAllowed(gettext("Piagam dibuka oleh penerimanya dan kepegawaian."))
    return viewer
