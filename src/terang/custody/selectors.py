"""Questions about look-alikes and the dated rules, each for a viewer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from terang.custody.access import is_unexplained
from terang.custody.models import Resemblance, ResemblanceState, Verdict
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.numbers import longdate

KINDS = {ResemblanceState.ASKED: "attention", ResemblanceState.EXPLAINED: "quiet"}


@dataclass(frozen=True)
class ShownResemblance:
    """A look-alike as the viewer may know it. `earlier_user` is a name only where the viewer may see that person's
    performance; `sees_earlier` says so. `own_earlier`: it was the viewer who used it before."""

    row: Resemblance
    own: bool
    own_earlier: bool
    sees_earlier: bool
    earlier_user: str
    label: str
    kind: str

    @property
    def sentence(self) -> str:
        """The neutral question, or what was found, in one sentence."""
        if self.own_earlier:
            return self._own_sentence()
        told = {"day": longdate(self.row.earlier_day), "name": self.earlier_user}
        if self.row.file.is_image and self.row.distance:
            text = gettext("Foto ini mirip dengan foto yang pernah dipakai %(name)s pada %(day)s.")
        elif self.row.file.is_image:
            text = gettext("Foto ini sama dengan foto yang pernah dipakai %(name)s pada %(day)s.")
        else:
            text = gettext("Berkas ini sama dengan berkas yang pernah dipakai %(name)s pada %(day)s.")
        return text % told

    def _own_sentence(self) -> str:
        if self.row.file.is_image and self.row.distance:
            text = gettext("Foto ini mirip dengan foto yang pernah Anda pakai pada %(day)s.")
        elif self.row.file.is_image:
            text = gettext("Foto ini sama dengan foto yang pernah Anda pakai pada %(day)s.")
        else:
            text = gettext("Berkas ini sama dengan berkas yang pernah Anda pakai pada %(day)s.")
        return text % {"day": longdate(self.row.earlier_day)}


def resemblances_visible(viewer: Viewer) -> QuerySet[Resemblance]:
    """One's own, and those of people whose performance the viewer may see, once they were explained or the days for it
    have passed. At most six queries before the one that reads."""
    seen = Q(employee_id__in=visible_employees(viewer).values("pk")) & _told(viewer.today)
    rows = Resemblance.objects.filter(Q(employee=viewer.employee) | seen, agency_id=viewer.agency_id)
    return rows.select_related("file", "earlier", "employee", "earlier_employee", "closed_by")


def open_resemblances(today: date) -> QuerySet[Resemblance]:
    """Look-alikes that others than the person may know of, and that nobody has found clear."""
    return Resemblance.objects.filter(_told(today)).exclude(verdict=Verdict.CLEAR)


def _told(today: date) -> Q:
    """The person explained it, or had the days for it."""
    return ~Q(state=ResemblanceState.ASKED) | Q(due_on__lt=today)


def resemblances_of(viewer: Viewer, file_ids: Collection[int]) -> list[ShownResemblance]:
    """Of these files, what the viewer may know; for a page that shows them. One query where there is none, otherwise at
    most fifteen for any number."""
    if not Resemblance.objects.filter(file_id__in=file_ids).exists():
        return []
    return shown(viewer, list(resemblances_visible(viewer).filter(file_id__in=file_ids)))


def shown(viewer: Viewer, rows: Sequence[Resemblance]) -> list[ShownResemblance]:
    """The rows as the viewer may know them. At most seven queries for any number."""
    others = {row.earlier_employee_id for row in rows} - {viewer.employee.pk}
    seen = set(visible_employees(viewer).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return [_shown(viewer, row, seen | {viewer.employee.pk}) for row in rows]


def _shown(viewer: Viewer, row: Resemblance, seen: set[int]) -> ShownResemblance:
    sees_earlier = row.earlier_employee_id in seen
    label, kind = _state(row, viewer)
    return ShownResemblance(
        row=row,
        own=row.employee_id == viewer.employee.pk,
        own_earlier=row.earlier_employee_id == viewer.employee.pk,
        sees_earlier=sees_earlier,
        earlier_user=_user(viewer, row) if sees_earlier else gettext("pegawai lain"),
        label=label,
        kind=kind,
    )


def _user(viewer: Viewer, row: Resemblance) -> str:
    return gettext("Anda") if row.earlier_employee_id == viewer.employee.pk else row.earlier_employee.name


def _state(row: Resemblance, viewer: Viewer) -> tuple[str, str]:
    if row.state == ResemblanceState.CLOSED:
        return str(Verdict(row.verdict).label), "ok" if row.verdict == Verdict.CLEAR else "attention"
    if is_unexplained(row, viewer.today):
        return gettext("Belum dijelaskan"), "attention"
    return str(ResemblanceState(row.state).label), KINDS[ResemblanceState(row.state)]
