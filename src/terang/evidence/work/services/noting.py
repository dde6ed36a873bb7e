"""What a person keeps to write faster: drafts they do not want, and favourites."""

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.work.access import require_own_result
from terang.evidence.work.models import DroppedDraft, Favourite
from terang.planning.plans.models import Indicator, PlanResult
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

MOST_FAVOURITES = 30
"""More than this are no shortcut any more."""
SOURCE_LENGTH = 80


@transaction.atomic
def drop_draft(*, actor: Viewer, source: str) -> None:
    """Never offers this draft to the person again; twice is once. Raises NotNow for what cannot be a source."""
    if ":" not in source or len(source) > SOURCE_LENGTH:
        raise NotNow(gettext("Draf ini tidak dikenal. Muat ulang halaman."))
    dropped, new = DroppedDraft.objects.get_or_create(employee=actor.employee, source=source)
    if new:
        _record("work.draft_dropped", dropped, actor, {"source": source})


@transaction.atomic
def take_back_drop(*, actor: Viewer, source: str) -> None:
    """Offers a dropped draft again; nothing happens where it was not dropped."""
    dropped = DroppedDraft.objects.filter(employee=actor.employee, source=source).first()
    if dropped:
        _record("work.draft_offered_again", dropped, actor, {"source": source})
        dropped.delete()


def save_favourite(
    *,
    actor: Viewer,
    name: str,
    result: PlanResult,
    text: str,
    quantity_milli: int,
    indicator: Indicator | None = None,
    minutes: int | None = None,
) -> Favourite:
    """Keeps an entry under a short name. `result` comes with its plan. Raises NotAllowed for somebody else's plan,
    NotNow where the name is taken or there are too many."""
    require_own_result(actor, result)
    if Favourite.objects.filter(employee=actor.employee).count() >= MOST_FAVOURITES:
        text = gettext("Favorit Anda sudah %(n)s. Hapus satu yang tidak dipakai lagi.")
        raise NotNow(text % {"n": MOST_FAVOURITES})
    try:
        with transaction.atomic():
            favourite = Favourite.objects.create(
                employee=actor.employee,
                name=name.strip(),
                result=result,
                indicator=indicator,
                text=text,
                quantity_milli=quantity_milli,
                minutes=minutes,
            )
            _record("work.favourite_saved", favourite, actor, {"title": [None, favourite.name]})
    except IntegrityError:
        raise NotNow(gettext("Nama favorit ini sudah dipakai. Pilih nama lain.")) from None
    return favourite


def rename_favourite(*, actor: Viewer, favourite: Favourite, name: str) -> None:
    """Raises NotNow where the name is taken."""
    before, favourite.name = favourite.name, name.strip()
    try:
        with transaction.atomic():
            favourite.save(update_fields=["name"])
            _record("work.favourite_changed", favourite, actor, {"title": [before, favourite.name]})
    except IntegrityError:
        raise NotNow(gettext("Nama favorit ini sudah dipakai. Pilih nama lain.")) from None


@transaction.atomic
def point_favourite(*, actor: Viewer, favourite: Favourite, result: PlanResult, indicator: Indicator | None) -> None:
    """Ties a favourite to another result of one's own plan: for those whose result is no longer in it."""
    require_own_result(actor, result)
    before = favourite.result_id
    favourite.result, favourite.indicator = result, indicator
    favourite.save(update_fields=["result", "indicator"])
    _record("work.favourite_changed", favourite, actor, {"result": [before, result.pk]})


@transaction.atomic
def remove_favourite(*, actor: Viewer, favourite: Favourite) -> None:
    _record("work.favourite_removed", favourite, actor, {"title": [favourite.name, None]})
    favourite.delete()


def _record(verb: str, obj: Model, actor: Viewer, changes: dict[str, object]) -> None:
    record(verb, actor=actor.user, obj=obj, agency_id=actor.agency_id, changes=changes)
