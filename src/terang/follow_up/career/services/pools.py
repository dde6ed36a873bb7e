"""A pool for a post: opened, answered by who is in it, closed."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import Event, record, record_many
from terang.follow_up.career.access import require_keeper
from terang.follow_up.career.contenders import contenders
from terang.follow_up.career.models import Contention, Pool, PoolAnswer, PoolState, ProposalState, Willingness
from terang.follow_up.career.states import require_state, require_version
from terang.follow_up.career.vacancies import empty_from
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Post
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.succession import targets
from terang.web.errors import NotAllowed, NotNow


def open_pool(*, actor: Viewer | None, post: Post, told: bool, reason: str, form_key: UUID) -> Pool:
    """Candidates for a post that is empty or soon will be; who is in it is told, where it is not kept from them.

    Raises NotAllowed, NotNow where the post stays filled, has no criteria or a pool, ValidationError without a reason
    for telling nobody.
    """
    require_agency(actor, post.unit.agency_id)
    viewer = require_keeper(actor)
    if not told and not reason.strip():
        raise ValidationError({"reason": gettext("Tulis mengapa calon belum diberi tahu; mereka membacanya kelak.")})
    with transaction.atomic():
        held = Post.objects.select_for_update(of=("self",)).select_related("unit").get(pk=post.pk)
        if known := Pool.objects.filter(form_key=form_key, post=held).first():
            return known
        if held.kind not in targets(viewer.today):
            raise NotNow(gettext("Belum ada syarat suksesi untuk jenis jabatan ini."))
        vacancy = empty_from(held, viewer.today)
        if vacancy is None:
            raise NotNow(gettext("Jabatan ini terisi dan tidak akan kosong dalam waktu dekat."))
        if held.career_pools.filter(state=PoolState.OPEN).exists():
            raise NotNow(gettext("Kelompok untuk jabatan ini sudah dibuka."))
        row = Pool.objects.create(
            post=held,
            needed_on=vacancy.day,
            told=told,
            reason=reason.strip(),
            opened_by=viewer.employee,
            opened_on=viewer.today,
            form_key=form_key,
        )
        _tell("pool_opened", row, viewer, reason=row.reason)
        if told:
            people = contenders(row, viewer.today).filter(missing=0).values_list("employee_id", flat=True)
            events = [Event("career.pool_told", row, pk, held.unit_id) for pk in people]
            record_many(events, actor=viewer.user, agency_id=viewer.agency_id)
    return row


def answer_pool(*, actor: Viewer | None, pool: Pool, answer: str, note: str) -> PoolAnswer:
    """Who is considered says whether they want the post; the last word counts.

    Raises NotAllowed for who is not in the pool, NotNow once somebody is proposed or decided, ValidationError.
    """
    viewer = require_viewer(actor)
    require_agency(viewer, pool.post.unit.agency_id)
    if answer not in Willingness.values:
        raise ValidationError({"answer": gettext("Pilih berminat atau tidak bersedia.")})
    with transaction.atomic():
        held = Pool.objects.select_for_update(of=("self",)).select_related("post__unit").get(pk=pool.pk)
        require_member(viewer, held)
        require_state(held, PoolState.OPEN)
        if held.proposals.filter(state=ProposalState.PROPOSED).exists():
            raise NotNow(gettext("Calon sudah diusulkan; jawaban tidak dapat diubah lagi."))
        told = {"answer": answer, "note": note.strip()}
        if found := held.answers.filter(employee=viewer.employee, **told).first():
            return found
        row, _made = PoolAnswer.objects.update_or_create(
            pool=held, employee=viewer.employee, defaults=told | {"answered_on": viewer.today}
        )
        _tell("pool_answered", held, viewer, subject=viewer.employee.pk, changes={"answer": answer})
    return row


def require_member(viewer: Viewer, pool: Pool) -> Any:
    """The line (`contenders`) of who is considered in a pool whose people are told. Two queries."""
    rows = contenders(pool, viewer.today) if pool.told else Contention.objects.none()
    found = rows.filter(employee=viewer.employee).first()
    if found is None:
        raise NotAllowed(gettext("Halaman ini untuk pengelola, dan bagi yang berada di kelompok ini."))
    return found


def close_pool(*, actor: Viewer | None, pool: Pool, reason: str, version: int) -> Pool:
    """Nobody is chosen. Raises NotAllowed, NotNow while a proposal waits, Stale, ValidationError without a reason."""
    require_agency(actor, pool.post.unit.agency_id)
    viewer = require_keeper(actor)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis mengapa ditutup tanpa keputusan.")})
    with transaction.atomic():
        held = Pool.objects.select_for_update(of=("self",)).select_related("post__unit").get(pk=pool.pk)
        if held.state == PoolState.CLOSED and held.closing == reason.strip():
            return held
        require_state(held, PoolState.OPEN)
        require_version(held, version)
        if held.proposals.filter(state=ProposalState.PROPOSED).exists():
            raise NotNow(gettext("Ada usulan yang menunggu keputusan."))
        held.state, held.closed_on, held.closing = PoolState.CLOSED, viewer.today, reason.strip()
        held.version += 1
        held.save()
        _tell("pool_closed", held, viewer, reason=held.closing)
    return held


def _tell(
    verb: str,
    pool: Pool,
    viewer: Viewer,
    *,
    subject: int | None = None,
    changes: dict[str, str] | None = None,
    reason: str = "",
) -> None:
    record(
        f"career.{verb}",
        actor=viewer.user,
        obj=pool,
        agency_id=viewer.agency_id,
        subject_employee_id=subject,
        unit_id=pool.post.unit_id,
        changes={"post": pool.post_id} | (changes or {}),
        reason=reason,
    )
