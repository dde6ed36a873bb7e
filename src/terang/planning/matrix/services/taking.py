"""What a member does with the parts given: take them into the plan, dispute one, propose one."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext

from terang.planning.matrix.access import require_carrier, require_member
from terang.planning.matrix.models import CellState, Matrix, MatrixCell, MatrixColumn, MatrixMember, Strategy
from terang.planning.matrix.services.locking import locked_cell, tell_members
from terang.planning.matrix.sources import leader_rows, share_of
from terang.planning.matrix.states import require_joined, require_move
from terang.planning.plans.access import require_planner
from terang.planning.plans.models import OPEN, Plan, PlanVersion, new_key
from terang.planning.plans.services import write_document
from terang.planning.plans.services.dialogue import answer_due
from terang.planning.plans.services.locking import locked_plan
from terang.registry.people.selectors import appraiser_of, main_posts
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, from_json
from terang.web.errors import NotAllowed, NotNow


def take_cells(*, actor: Viewer, plan: Plan, cell_ids: Collection[int]) -> int:
    """Takes parts into the open version of one's own plan and says how many rows were added or brought up to date.

    A part becomes a main result with the leader's row it serves (Format A.1.6: "rencana hasil kerja pimpinan yang
    diintervensi"); a number that was split becomes its indicator. A row that came from the part already, or that the
    leader placed, gets the leader's present words; everything else of the plan stays. Taking twice adds nothing.

    A part from a leader who does not appraise the person names that leader, and waits in the plan for the appraiser
    (A3 p. 46), unless the appraiser let the person take part: then the first taking is approved already, and stays so
    while the row says what the leader says. A refusal in the plan is never undone here.

    Raises NotNow where no version is open or the part is no longer given, NotAllowed for somebody else's part and for
    one the own appraiser has not let the person do (V42).
    """
    require_planner(actor, plan.employee)
    with transaction.atomic():
        cells = _locked(cell_ids)
        for cell in cells:
            require_carrier(actor, cell)
            require_move(cell, "take")
            _require_same_time(cell.column.matrix, plan)
        version = _open_version(plan)
        before = from_json(version.document)
        document = _with(before, cells, actor)
        if document == before:
            return 0
        approved = _approved(before, document, cells)
        write_document(actor=actor, version=version, seen=version.version, document=document, approved=approved)
        _mark_taken(cells, document)
        for matrix, own in _by_matrix(cells).items():
            told = {own[0].member: {"cells": [cell.pk for cell in own], "plan": plan.pk}}
            tell_members(matrix, "parts_taken", actor, told)
    rows = {row.cell_id: row for row in before.results}
    return sum(rows.get(row.cell_id) != row for row in document.results if row.cell_id)


def _locked(cell_ids: Collection[int]) -> list[MatrixCell]:
    rows = MatrixCell.objects.select_for_update(of=("self",)).filter(pk__in=cell_ids)
    cells = list(rows.select_related("member__employee", "column__matrix__owner__agency"))
    if len(cells) != len(set(cell_ids)):
        raise NotNow(gettext("Ada bagian yang sudah ditarik pimpinan. Muat ulang halaman."))
    return cells


def _require_same_time(matrix: Matrix, plan: Plan) -> None:
    if matrix.period_start >= plan.period_end or matrix.period_end <= plan.period_start:
        raise NotNow(gettext("Bagian ini untuk masa lain dari SKP yang dibuka."))


def _open_version(plan: Plan) -> PlanVersion:
    locked_plan(plan.pk)  # before its version, as every verb of a plan
    rows = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__employee__agency", "plan__unit")
    version = rows.filter(plan=plan, state__in=OPEN).first()
    if version is None:
        raise NotNow(gettext("SKP Anda sudah disepakati. Buka perubahan dahulu, lalu ambil bagian ini."))
    return version


def _by_matrix(cells: Collection[MatrixCell]) -> dict[Matrix, list[MatrixCell]]:
    grouped: dict[Matrix, list[MatrixCell]] = {}
    for cell in cells:
        grouped.setdefault(cell.column.matrix, []).append(cell)
    return grouped


def _with(document: PlanDocument, cells: Collection[MatrixCell], actor: Viewer) -> PlanDocument:
    results = list(document.results)
    for matrix, own in _by_matrix(cells).items():
        leaders = leader_rows(matrix, {cell.column for cell in own}, actor.today)
        assigner = _assigner(matrix, actor)
        for cell in own:
            place = _place(results, cell)
            old = results[place] if place is not None else PlannedResult(new_key(), "", indicators=_indicators(cell))
            row = replace(_counted(old, cell), text=_text(old, cell), leader=leaders[cell.column_id], cell_id=cell.pk)
            row = _assigned(row, assigner, matrix)
            if _released(cell) and (old.approved if place is not None else cell.taken_version is None):
                row = replace(row, approved=True)
            if place is None:
                results.append(row)
            else:
                results[place] = row
    return replace(document, results=tuple(results))


def _assigned(row: PlannedResult, assigner: str, matrix: Matrix) -> PlannedResult:
    """The row with the leader who gives it; without, where that leader has become the appraiser."""
    if assigner:
        return replace(row, assigned_by=assigner, assigner_id=matrix.owner_id)
    if row.assigner_id == matrix.owner_id:
        return replace(row, assigned_by="", assigner_id=None, approved=None)
    return row


def _released(cell: MatrixCell) -> bool:
    """Whether the own appraiser let the person carry this for another unit."""
    return cell.member.outside and cell.member.decided_by_id is not None


def _approved(before: PlanDocument, after: PlanDocument, cells: Collection[MatrixCell]) -> set[str]:
    """Keys of the rows that need no second yes of the appraiser: approved in the matrix, and as the leader gave them.
    A row with the person's own words or indicators is judged like any other wording."""
    by_cell = {cell.pk: cell for cell in cells}
    rows = [(row, by_cell[row.cell_id]) for row in after.results if row.approved and row.cell_id in by_cell]
    return {
        row.key for row, cell in rows if _released(cell) and (before.result(row.key) is None or _as_given(row, cell))
    }


def _as_given(row: PlannedResult, cell: MatrixCell) -> bool:
    plain = tuple(replace(each, key="") for each in row.indicators)
    return row.text == cell.text and plain == tuple(replace(each, key="") for each in _indicators(cell))


def _place(results: list[PlannedResult], cell: MatrixCell) -> int | None:
    """Where in the plan the part stands already."""
    same = (n for n, row in enumerate(results) if row.cell_id == cell.pk or row.key == (cell.result_key or None))
    return next(same, None)


def _text(old: PlannedResult, cell: MatrixCell) -> str:
    """The leader's words; words of one's own stay until the leader changed the part after it was taken."""
    return cell.text if not old.text or cell.changed_since_taken else old.text


def _counted(old: PlannedResult, cell: MatrixCell) -> PlannedResult:
    """The row with the leader's present number, where the leader changed the part after it was taken."""
    share = share_of(old, cell.column.text)
    if share is None or cell.part_milli is None or not cell.changed_since_taken:
        return old
    new = replace(share, target_milli=cell.part_milli, target_text="")
    return replace(old, indicators=tuple(new if each is share else each for each in old.indicators))


def _assigner(matrix: Matrix, actor: Viewer) -> str:
    """The post that gave it, where that is not the appraiser; empty for the appraiser."""
    appraiser = appraiser_of(actor.employee.pk, actor.today)
    if appraiser and matrix.owner_id == appraiser.employee_id:
        return ""
    place = main_posts([matrix.owner_id], actor.today).get(matrix.owner_id)
    return place.post.title if place else matrix.owner.name


def _indicators(cell: MatrixCell) -> tuple[PlannedIndicator, ...]:
    """A share of the leader's number measures the new result; other parts get their indicators on the plan's page."""
    if cell.part_milli is None:
        return ()
    column = cell.column
    return (PlannedIndicator(new_key(), column.text, unit_label=column.unit_label, target_milli=cell.part_milli),)


def _mark_taken(cells: Collection[MatrixCell], document: PlanDocument) -> None:
    keys = {row.cell_id: row.key for row in document.results}
    for cell in cells:
        cell.state, cell.result_key, cell.reason = CellState.TAKEN, keys[cell.pk], ""
        cell.version += 1
        cell.taken_version = cell.version
    fields = ["state", "result_key", "reason", "version", "taken_version"]
    MatrixCell.objects.bulk_update(cells, fields)


def dispute_cell(*, actor: Viewer, cell: MatrixCell, seen: int, reason: str) -> MatrixCell:
    """The member says why a part does not fit; the leader answers by changing, withdrawing or keeping it.

    Raises NotNow without a reason or in another state, Stale where the leader changed it meanwhile.
    """
    require_carrier(actor, cell)
    if not reason.strip():
        raise NotNow(gettext("Tulis apa yang dipersoalkan, supaya pimpinan dapat menjawab."))
    with transaction.atomic():
        current = locked_cell(cell, seen)
        require_move(current, "dispute")
        fresh = current.taken_version == current.version
        current.state, current.reason = CellState.DISPUTED, reason.strip()
        current.version += 1
        current.taken_version = current.version if fresh else current.taken_version
        current.await_answer(actor.today, answer_due(actor.employee.agency, actor.today))
        current.save(update_fields=["state", "reason", "version", "taken_version", "asked_on", "answer_due"])
        _tell(current, "part_disputed", actor, current.reason)
    return current


def propose_result(*, actor: Viewer, column: MatrixColumn, text: str, strategy: str = Strategy.ASPECT) -> MatrixCell:
    """The member proposes an own result under a column; the same words again are the same proposal.

    Raises NotAllowed for who is not in the matrix, NotNow without words and for whose appraiser has not agreed.
    """
    member = _membership(actor, column)
    if not text.strip():
        raise NotNow(gettext("Tulis hasil kerja yang Anda usulkan."))
    with transaction.atomic():
        locked = MatrixMember.objects.select_for_update(of=("self",)).select_related("employee").get(pk=member.pk)
        require_joined(locked)
        own = MatrixCell.objects.filter(member=member, column=column).exclude(state=CellState.WITHDRAWN)
        same = own.filter(text=text.strip()).first()
        if same:
            return same
        own.filter(state=CellState.NONE).delete()
        last = own.order_by("-number").values_list("number", flat=True).first() or 0
        cell = MatrixCell.objects.create(
            column=column,
            member=member,
            number=last + 1,
            text=text.strip(),
            strategy=strategy,
            state=CellState.PROPOSED,
            written_by=actor.employee,
            asked_on=actor.today,
            answer_due=answer_due(actor.employee.agency, actor.today),
        )
        _tell(cell, "part_proposed", actor)
    return cell


def _membership(actor: Viewer, column: MatrixColumn) -> MatrixMember:
    rows = MatrixMember.objects.select_related("employee", "matrix__owner")
    member = rows.filter(matrix_id=column.matrix_id, employee=actor.employee).first()
    if member is None:
        raise NotAllowed(gettext("Anda bukan anggota matriks ini."))
    require_member(actor, member)
    return member


def retract_proposal(*, actor: Viewer, cell: MatrixCell, seen: int) -> None:
    """The member takes back a proposal that was not answered yet."""
    require_member(actor, cell.member)
    with transaction.atomic():
        current = locked_cell(cell, seen)
        require_move(current, "retract")
        _tell(current, "part_retracted", actor)
        current.delete()


def _tell(cell: MatrixCell, verb: str, actor: Viewer, reason: str = "") -> None:
    changes: Mapping[MatrixMember, Mapping[str, int]] = {cell.member: {"cell": cell.pk, "column": cell.column_id}}
    tell_members(cell.column.matrix, verb, actor, changes, reason=reason)
