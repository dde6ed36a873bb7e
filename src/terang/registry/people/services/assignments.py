"""Who is on which post: started, ended, moved, each with its effective date and document."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.registry.organization.services import require_version
from terang.registry.people.access import require_agency, require_keeper_of
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotNow
from terang.web.numbers import longdate


@transaction.atomic
def start_assignment(
    *,
    actor: Viewer,
    employee: Employee,
    post: Post,
    kind: str,
    on: date,
    until: date | None,
    document: str,
    version: int,
) -> Assignment:
    """Puts a person on a post from `on` to before `until` (open where missing). Overlaps are refused with what to
    do."""
    require_keeper_of(actor, employee.agency_id)
    employee = _locked(employee, version)
    made = _start(actor, employee, post, kind, on, until, document)
    _record("people.assignment_started", actor, made, {"post": [None, post.title], "starts_on": [None, on.isoformat()]})
    return made


@transaction.atomic
def end_assignment(*, actor: Viewer, assignment: Assignment, on: date, reason: str, version: int) -> Assignment:
    """The assignment runs up to the day before `on`."""
    require_keeper_of(actor, assignment.employee.agency_id)
    _locked(assignment.employee, version)
    assignment = Assignment.objects.select_related("employee", "post__unit").get(pk=assignment.pk)
    if assignment.ends_on and assignment.ends_on <= on:
        raise NotNow(_("Penugasan ini sudah berakhir %s.") % longdate(assignment.ends_on))
    if on <= assignment.starts_on:
        raise ValidationError({"on": _("Harus sesudah penugasan mulai, yaitu %s.") % longdate(assignment.starts_on)})
    before = assignment.ends_on
    assignment.ends_on = on
    assignment.save(update_fields=["ends_on"])
    changes = {"ends_on": [before.isoformat() if before else None, on.isoformat()]}
    _record("people.assignment_ended", actor, assignment, changes, reason)
    return assignment


@transaction.atomic
def move_employee(
    *, actor: Viewer, employee: Employee, post: Post, on: date, document: str, version: int
) -> Assignment:
    """Ends the definitive assignment on `on` and begins the new one the same day: no gap, no overlap."""
    require_keeper_of(actor, employee.agency_id)
    employee = _locked(employee, version)
    running = _definitive(employee, on, None).order_by("starts_on")
    late = running.filter(starts_on__gte=on).first()
    if late:
        raise ValidationError(
            {"on": _("Ada penugasan yang mulai %s. Pilih tanggal sesudahnya.") % longdate(late.starts_on)}
        )
    before = running.select_related("post").last()
    if before and before.post_id == post.pk:
        raise ValidationError({"post": _("%s sudah menduduki jabatan ini.") % employee.name})
    running.update(ends_on=on)
    made = _start(actor, employee, post, AssignmentKind.DEFINITIVE, on, None, document)
    changes = {"post": [before.post.title if before else None, post.title], "starts_on": [None, on.isoformat()]}
    _record("people.employee_moved", actor, made, changes, document)
    return made


def _locked(employee: Employee, version: int) -> Employee:
    """The person's row, held until the end of the transaction: it guards all their assignments."""
    locked = Employee.objects.select_for_update().get(pk=employee.pk)
    require_version(locked.version, version)
    locked.version += 1
    locked.save(update_fields=["version"])
    return locked


def _start(
    actor: Viewer, employee: Employee, post: Post, kind: str, on: date, until: date | None, document: str
) -> Assignment:
    require_agency(actor, post.unit.agency_id)
    post = Post.objects.select_for_update().get(pk=post.pk)
    _check_span(employee, post, kind, on, until)
    if not document.strip():
        raise ValidationError({"document": _("Sebutkan dasarnya, misalnya nomor surat keputusan.")})
    if kind == AssignmentKind.DEFINITIVE:
        _check_person_free(employee, on, until)
    _check_post_free(post, kind, on, until)
    made = Assignment(employee=employee, post=post, kind=kind, starts_on=on, ends_on=until, document=document.strip())
    made.full_clean()
    made.save()
    return made


def _check_span(employee: Employee, post: Post, kind: str, on: date, until: date | None) -> None:
    if until and until <= on:
        raise ValidationError({"until": _("Tanggal berakhir harus sesudah tanggal mulai.")})
    if kind == AssignmentKind.STAND_IN and until is None:
        raise ValidationError({"until": _("Plh. hanya sementara: isi tanggal berakhirnya.")})
    if kind != AssignmentKind.DEFINITIVE and not post.is_head:
        raise ValidationError({"post": _("Plt. dan Plh. hanya untuk jabatan yang memimpin unit.")})
    if employee.left_on and employee.left_on <= on:
        raise NotNow(
            _("%(name)s sudah keluar sejak %(day)s.") % {"name": employee.name, "day": longdate(employee.left_on)}
        )
    if on < post.valid_from or (post.valid_to and post.valid_to <= on):
        raise ValidationError({"post": _("Jabatan ini tidak berlaku pada tanggal itu.")})


def _check_person_free(employee: Employee, on: date, until: date | None) -> None:
    held = _definitive(employee, on, until).select_related("post").first()
    if held:
        raise ValidationError(
            {
                "post": _("%(name)s sudah menduduki %(post)s sejak %(day)s. Gunakan “Pindahkan”, atau akhiri dahulu.")
                % {"name": employee.name, "post": held.post.title, "day": longdate(held.starts_on)}
            }
        )


def _check_post_free(post: Post, kind: str, on: date, until: date | None) -> None:
    if not post.is_head:
        return
    held = _overlapping(post.assignments.filter(kind=kind), on, until).select_related("employee").first()
    if held:
        raise ValidationError(
            {
                "post": _("%(name)s menduduki jabatan ini sejak %(day)s. Akhiri penugasan itu lebih dahulu.")
                % {"name": held.employee.name, "day": longdate(held.starts_on)}
            }
        )


def _definitive(employee: Employee, on: date, until: date | None) -> QuerySet[Assignment]:
    return _overlapping(employee.assignments.filter(kind=AssignmentKind.DEFINITIVE), on, until)


def _overlapping(rows: QuerySet[Assignment], on: date, until: date | None) -> QuerySet[Assignment]:
    later = Q(starts_on__gt=on) if until is None else Q(starts_on__gt=on, starts_on__lt=until)
    return rows.filter(in_force(on) | later)


def _record(verb: str, actor: Viewer, made: Assignment, changes: dict[str, list[str | None]], reason: str = "") -> None:
    record(
        verb,
        actor=actor.user,
        obj=made,
        agency_id=made.employee.agency_id,
        subject_employee_id=made.employee_id,
        unit_id=made.post.unit_id,
        changes=changes,
        reason=reason or made.document,
    )
