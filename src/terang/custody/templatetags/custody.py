"""Tags of custody: `{% load custody %}`."""

from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext

from terang.custody.models import StoredFile
from terang.custody.serving import destroyed_text
from terang.web.numbers import longtime

register = template.Library()

MICRO = 1_000_000


@register.inclusion_tag("custody/_proof.html", takes_context=True)
def proof(context: template.Context, file: StoredFile, url: str = "", place: bool = False) -> dict[str, Any]:
    """A proof as a picture, or as a name, with its size and time; `url` opens it. `place` is for who judges it: when
    and where the camera says it was taken. Who uploaded it always sees that."""
    viewer = context.get("viewer")
    own = viewer is not None and file.uploaded_by_id == viewer.employee.pk
    told = place or bool(own)
    return {
        "file": file,
        "url": url,
        "gone": destroyed_text(file) if file.destroyed_on else "",
        "size": filesizeformat(file.size_bytes),
        "taken": _taken(file) if told else "",
        "place": place_text(file) if told and file.has_place else "",
        "point": _point(file) if told and file.has_place else "",
        "told": told,
    }


def _taken(file: StoredFile) -> str:
    """In the camera's own time: what it noted is what was on the wall there."""
    if file.taken is None:
        return ""
    moment = file.taken
    clock = longtime(moment.replace(tzinfo=None))
    offset = moment.strftime("%z")
    return f"{clock} (UTC{offset[:3]}:{offset[3:]})" if offset else clock


def place_text(file: StoredFile) -> str:
    """Degrees with south and east as Indonesian letters: LS/LU, BT/BB."""
    latitude, longitude = file.latitude_micro or 0, file.longitude_micro or 0
    north = gettext("LS") if latitude < 0 else gettext("LU")
    east = gettext("BB") if longitude < 0 else gettext("BT")
    return f"{_degrees(latitude)} {north}, {_degrees(longitude)} {east}"


def _degrees(micro: int) -> str:
    return f"{number_format(abs(micro) / MICRO, 5)}°"


def _point(file: StoredFile) -> str:
    return f"geo:{(file.latitude_micro or 0) / MICRO:.6f},{(file.longitude_micro or 0) / MICRO:.6f}"
