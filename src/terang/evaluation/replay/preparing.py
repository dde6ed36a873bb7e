"""Copying the evidence of a time: gathered batch by batch as for official scores, then compared with them."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from terang.engine.kept import GroupRow, Keeper, scored
from terang.evaluation.gathering import Window, gather_about, main_posts, people_between, rows_of_posts
from terang.evaluation.models import Score
from terang.evaluation.policies import rules_of
from terang.evaluation.replay.folders import folder_of, new_name, remove
from terang.evaluation.replay.models import CopyState, EvidenceCopy
from terang.evaluation.replay.states import ALIVE
from terang.evaluation.services import RULESET
from terang.evaluation.services.computing import BATCH
from terang.registry.people.models import Employee
from terang.web.errors import NotNow

Progress = Callable[[int, int], None]

_STORED = ("total_bp", "coverage_bp", "status", "work_result", "behaviour", "below_standard", "work_result_bp")


def prepare(*, copy: EvidenceCopy, progress: Progress | None = None) -> EvidenceCopy:
    """From request to a copy that is ready. One that is there, or that another worker is alive with, is left alone; one
    whose worker was killed begins anew.

    Reads only: the queries of `gather` and two more for every 200 people. `progress` is told people done and in all.
    """
    now = timezone.now()
    free = ~Q(state__in=[CopyState.READY, CopyState.MAKING]) | Q(state=CopyState.MAKING, beaten_at__lt=now - ALIVE)
    old, name = copy.folder, new_name(copy)
    taken = EvidenceCopy.objects.filter(free, pk=copy.pk)
    if not taken.update(state=CopyState.MAKING, folder=name, done=0, beaten_at=now):
        copy.refresh_from_db()
        return copy
    remove(old)
    copy.folder = name
    try:
        _copy(copy, progress)
    except BaseException:
        remove(name)
        _still_ours(copy).update(state=CopyState.FAILED, folder="")
        raise
    return copy


def _still_ours(copy: EvidenceCopy) -> QuerySet[EvidenceCopy]:
    """The copy's row while no other worker has begun it anew."""
    return EvidenceCopy.objects.filter(pk=copy.pk, folder=copy.folder)


def window_of_copy(copy: EvidenceCopy) -> Window:
    """The window evidence is taken from: as for official scores, up to and with the day of asking."""
    end = min(copy.ends_on, date.fromordinal(copy.as_of.toordinal() + 1))
    return Window(copy.starts_on, end, copy.as_of)


def _copy(copy: EvidenceCopy, progress: Progress | None) -> None:
    ids = sorted(people_between(copy.agency_id, copy.starts_on, copy.ends_on))
    _say(copy, total=len(ids))
    people = 0
    with Keeper(folder_of(copy)) as keeper:
        for first in range(0, len(ids), BATCH):
            people += _add(keeper, ids[first : first + BATCH], copy)
            done = min(first + BATCH, len(ids))
            _say(copy, done=done)
            if progress:
                progress(done, len(ids))
    compared, same = _against_official(copy) if people else (0, 0)
    _say(copy, people=people, compared=compared, same=same, ruleset=RULESET, state=CopyState.READY)


def _add(keeper: Keeper, ids: list[int], copy: EvidenceCopy) -> int:
    policy, window = rules_of(copy.policy), window_of_copy(copy)
    posts = main_posts(ids, window)
    status = dict(Employee.objects.filter(pk__in=posts).values_list("pk", "status"))
    groups: list[GroupRow] = [
        (employee_id, held.post.kind, status[employee_id], held.post.category) for employee_id, held in posts.items()
    ]
    rows = gather_about(rows_of_posts(posts, policy), window, policy)
    if groups:
        keeper.add(rows, groups)
    return len(groups)


def _against_official(copy: EvidenceCopy) -> tuple[int, int]:
    """How many official scores there are of the period by this policy, and how many the replay gives to the digit.

    Measures everybody on the way, so that the first reader of the copy does not wait for it.
    """
    totals = scored(folder_of(copy), rules_of(copy.policy), RULESET).select("employee_id", "unit_id", *_STORED)
    if copy.period is None:
        return 0, 0
    official = dict(_official(copy))
    replayed = {row[0]: row[1:] for row in totals.iter_rows()}
    return len(official), sum(replayed.get(employee_id) == values for employee_id, values in official.items())


def _official(copy: EvidenceCopy) -> Iterator[tuple[int, tuple[object, ...]]]:
    rows = Score.objects.filter(period=copy.period, policy=copy.policy).values_list("employee_id", "unit_id", *_STORED)
    return ((row[0], row[1:]) for row in rows.iterator())


def _say(copy: EvidenceCopy, **fields: object) -> None:
    """Writes how far it is. Raises NotNow where another worker has taken over meanwhile."""
    for name, value in fields.items():
        setattr(copy, name, value)
    if not _still_ours(copy).update(**fields, beaten_at=timezone.now()):
        raise NotNow(gettext("Salinan ini sedang disiapkan oleh pekerja lain."))
