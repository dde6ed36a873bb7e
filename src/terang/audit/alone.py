"""Work of the worker in pieces that stand alone: one that fails stops no other."""

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError

_P = ParamSpec("_P")
_T = TypeVar("_T")

logger = logging.getLogger(__name__)


def alone(piece: Callable[_P, _T], *about: _P.args, **more: _P.kwargs) -> _T | None:
    """What the piece returns; None where it failed, which is logged with the first thing it is about: the next hour
    tries again. A lost database stops everything: raises OperationalError and InterfaceError."""
    try:
        return piece(*about, **more)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        name = getattr(piece, "__qualname__", piece)
        logger.exception("Pekerjaan %s (%s) gagal; dicoba lagi", name, next(iter((*about, *more.values())), "–"))
        return None
