"""Posts: made, corrected and closed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.registry.organization.models import Unit
from terang.registry.organization.services import require_version
from terang.registry.people.access import require_keeper_of
from terang.registry.people.models import Post
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow
from terang.web.numbers import longdate

CORRECTABLE = ("title", "kind", "level", "category", "grade", "seats")


@transaction.atomic
def add_post(
    *,
    actor: Viewer,
    unit: Unit,
    title: str,
    kind: str,
    on: date,
    level: str = "",
    category: str = "",
    grade: int | None = None,
    is_head: bool = False,
    seats: int = 1,
) -> Post:
    """A new post in a unit from a day on. A unit has one post that heads it."""
    require_keeper_of(actor, unit.agency_id)
    if unit.valid_to and unit.valid_to <= on:
        raise ValidationError({"on": _("Unit ini hanya berlaku sampai %s.") % longdate(unit.valid_to)})
    if is_head and (head := Post.objects.filter(unit=unit, is_head=True, valid_to__isnull=True).first()):
        raise ValidationError(
            {"is_head": _("%s sudah memimpin unit ini. Tutup jabatan itu lebih dahulu.") % head.title}
        )
    post = Post(
        unit=unit,
        title=title.strip(),
        kind=kind,
        level=level.strip(),
        category=category.strip(),
        grade=grade,
        is_head=is_head,
        seats=seats,
        valid_from=on,
    )
    post.full_clean()
    post.save()
    _record("people.post_added", actor, post, {"title": [None, post.title]})
    return post


@transaction.atomic
def correct_post(*, actor: Viewer, post: Post, version: int, **values: object) -> Post:
    """Corrects title, kind, level, category, class or the number of seats."""
    require_keeper_of(actor, post.unit.agency_id)
    post = Post.objects.select_for_update().select_related("unit").get(pk=post.pk)
    require_version(post.version, version)
    changes: dict[str, list[str | None]] = {
        name: [str(getattr(post, name)), str(values[name])]
        for name in CORRECTABLE
        if name in values and values[name] != getattr(post, name)
    }
    if not changes:
        return post
    for name in changes:
        setattr(post, name, values[name])
    post.version += 1
    post.full_clean()
    post.save()
    _record("people.post_changed", actor, post, changes)
    return post


@transaction.atomic
def close_post(*, actor: Viewer, post: Post, version: int, on: date, reason: str) -> Post:
    """The post exists up to the day before `on`. Refuses while somebody is on it then."""
    require_keeper_of(actor, post.unit.agency_id)
    post = Post.objects.select_for_update().select_related("unit").get(pk=post.pk)
    require_version(post.version, version)
    if post.valid_to:
        raise NotNow(_("Jabatan ini sudah ditutup sejak %s.") % longdate(post.valid_to))
    if on <= post.valid_from:
        raise ValidationError({"on": _("Tanggal ini sebelum jabatan berlaku (%s).") % longdate(post.valid_from)})
    held = post.assignments.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).select_related("employee").first()
    if held:
        raise NotNow(
            _("%s masih menduduki jabatan ini. Akhiri atau pindahkan penugasannya lebih dahulu.") % held.employee.name
        )
    post.valid_to, post.version = on, post.version + 1
    post.save(update_fields=["valid_to", "version"])
    _record("people.post_closed", actor, post, {"valid_to": [None, on.isoformat()]}, reason)
    return post


def _record(verb: str, actor: Viewer, post: Post, changes: dict[str, list[str | None]], reason: str = "") -> None:
    record(
        verb,
        actor=actor.user,
        obj=post,
        agency_id=post.unit.agency_id,
        unit_id=post.unit_id,
        changes=changes,
        reason=reason,
    )
