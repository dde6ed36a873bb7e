"""What planning asks of a person today: one's own plan, plans to answer, late ones below. Constant queries."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from terang.planning.plans.models import OPEN, Plan, PlanState, PlanVersion, VersionState
from terang.planning.plans.queue import late_below, to_answer
from terang.planning.plans.standings import days_left, new_appraiser, unplanned_acting
from terang.planning.plans.years import plan_due, year_of
from terang.registry.people.models import Assignment, PostKind
from terang.registry.people.selectors import appraiser_of, main_posts
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate

MOST_SHOWN = 3
"""Plans of others that are named one by one; the rest is counted."""


def waiting_for(viewer: Viewer) -> list[Duty]:
    """What waits, one's own plan first. At most 14 queries for who leads nobody, otherwise at most 28."""
    return [*_own(viewer), *_answers(viewer), *_late(viewer)]


def _own(viewer: Viewer) -> Iterator[Duty]:
    post = main_posts([viewer.employee.pk], viewer.today).get(viewer.employee.pk)
    if post is None or post.post.kind == PostKind.ELECTED:
        return
    plan, before = _plans(viewer)
    if plan is None:
        yield _unwritten(viewer, post, before)
        return
    rows = plan.versions.filter(state__in=(*OPEN, VersionState.AGREED)).select_related("agreed_by")
    versions = list(rows.defer("document"))
    opened = next((each for each in versions if each.state in OPEN), None)
    agreed = next((each for each in versions if each.state == VersionState.AGREED), None)
    if opened is not None:
        yield from _unfinished(viewer, plan, opened)
    elif agreed is not None and plan.state == PlanState.AGREED:
        yield from _changed(viewer, plan, agreed)


def _plans(viewer: Viewer) -> tuple[Plan | None, Plan | None]:
    """The plan of today, and the last one of this year that ended before. One query."""
    start, end = year_of(viewer.today)
    rows = Plan.objects.filter(employee=viewer.employee, period_start__lt=end, period_end__gt=start)
    found = list(rows.order_by("period_start"))
    now = [plan for plan in found if plan.period_start <= viewer.today < plan.period_end]
    past = [plan for plan in found if plan.period_end <= viewer.today]
    return (now[-1] if now else None), (past[-1] if past else None)


def _unwritten(viewer: Viewer, post: Assignment, before: Plan | None) -> Duty:
    title = gettext("Susun SKP %(year)s") % {"year": viewer.today.year}
    url, due = reverse("plans:own"), plan_due(viewer.today)
    if before is not None:
        words = {"post": post.post.title, "day": longdate(before.period_end)}
        detail = gettext("Jabatan baru %(post)s: SKP lama ditutup %(day)s.") % words
        return Duty(title, detail, "attention", url)
    if post.starts_on > due:
        words = {"post": post.post.title, "day": longdate(post.starts_on)}
        return Duty(title, gettext("%(post)s sejak %(day)s belum punya SKP.") % words, "attention", url)
    late = viewer.today > due
    detail = gettext("Batas kesepakatan %(day)s") % {"day": longdate(due)}
    return Duty(title, f"{detail} ({days_left(due, viewer.today)})", "wrong" if late else "attention", url, due)


def _unfinished(viewer: Viewer, plan: Plan, opened: PlanVersion) -> Iterator[Duty]:
    url, change = reverse("plans:own"), opened.number > 1
    if opened.state == VersionState.DISCUSSED:
        detail = gettext("Penilai ingin membahas. Tanggapi, lalu ajukan lagi.")
        yield Duty(gettext("SKP Anda dibahas"), detail, "attention", reverse("plans:version", args=[opened.pk]))
    elif opened.state == VersionState.DRAFT:
        title = gettext("Selesaikan perubahan SKP") if change else gettext("Selesaikan dan ajukan SKP")
        due = plan_due(plan.period_start)
        if change or plan.period_start > due:
            yield Duty(title, gettext("Masih draf"), "quiet", url)
        else:
            told = f"{gettext('Batas kesepakatan %(day)s') % {'day': longdate(due)}} ({days_left(due, viewer.today)})"
            yield Duty(title, told, "wrong" if viewer.today > due else "attention", url, due)


def _changed(viewer: Viewer, plan: Plan, agreed: PlanVersion) -> Iterator[Duty]:
    """An agreed plan that the registry has overtaken: a post led as Plt., or another appraiser."""
    pk, url = viewer.employee.pk, reverse("plans:version", args=[agreed.pk])
    acting = unplanned_acting([pk], viewer.today, {pk: plan}, {}, {plan.pk: agreed}).get(pk)
    if acting is not None:
        title = gettext("Tambahkan hasil kerja Plt.")
        yield Duty(title, gettext("Plt. %(post)s sejak %(day)s") % _held(acting), "attention", url)
    if new_appraiser(agreed, appraiser_of(pk, viewer.today)):
        yield Duty(gettext("Dialogkan SKP dengan penilai baru"), gettext("Penilai Anda berganti"), "attention", url)


def _held(acting: Assignment) -> dict[str, str]:
    return {"post": acting.post.title, "day": longdate(acting.starts_on)}


def _answers(viewer: Viewer) -> Iterator[Duty]:
    waiting = to_answer(viewer)
    rows = list(waiting[: MOST_SHOWN + 1])
    for row in rows[:MOST_SHOWN]:
        yield _answer(viewer, row, gettext("Jawab SKP %(name)s"))
    if len(rows) > MOST_SHOWN:
        title = gettext("%(n)s SKP lagi menunggu jawaban") % {"n": waiting.count() - MOST_SHOWN}
        yield Duty(title, gettext("Baca satu per satu, sepakati sekaligus"), "attention", reverse("plans:queue"))


def _late(viewer: Viewer) -> Iterator[Duty]:
    late = late_below(viewer)
    rows = late[: MOST_SHOWN + 1]
    for row, silent in rows[:MOST_SHOWN]:
        name = silent.employee.name if silent else gettext("penilai")
        duty = _answer(viewer, row, gettext("Jawab SKP %(name)s"))
        detail = gettext("Menggantikan %(appraiser)s. %(detail)s") % {"appraiser": name, "detail": duty.detail}
        yield Duty(duty.title, detail, "wrong", duty.url, duty.due)
    if len(rows) > MOST_SHOWN:
        title = gettext("%(n)s SKP lagi melewati batas jawaban") % {"n": len(late) - MOST_SHOWN}
        yield Duty(title, gettext("Menunggu Anda sebagai atasan penilai"), "wrong", reverse("plans:team"))


def _answer(viewer: Viewer, row: PlanVersion, title: str) -> Duty:
    due = row.answer_due
    late = due is not None and due < viewer.today
    words = {"day": longdate(due), "left": days_left(due, viewer.today) if due else ""}
    detail = gettext("Batas jawaban %(day)s (%(left)s)") % words
    url = reverse("plans:version", args=[row.pk])
    return Duty(title % {"name": row.plan.employee.name}, detail, "wrong" if late else "attention", url, due)
