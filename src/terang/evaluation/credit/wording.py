"""Credit points in sentences."""

from decimal import Decimal

from django.utils.translation import gettext

from terang.evaluation.credit.account import Account
from terang.rules.regulations.credit import Standing
from terang.rules.regulations.source import rule_set
from terang.web.numbers import points


def levels() -> list[tuple[str, str]]:
    """The levels by code, as the regulation names them."""
    return [(code, each["label"]) for code, each in rule_set("credit").values["levels"].items()]


def why_none(status_label: str) -> str:
    """Why a person has no account."""
    told = gettext("Angka kredit dipakai untuk kenaikan pangkat dan jenjang PNS; status Anda %(status)s.")
    return told % {"status": status_label}


def goals(standing: Standing) -> list[tuple[str, Decimal, str]]:
    """What is asked next: its name, the points asked in all, and how far it is."""
    rows = (
        (gettext("Kenaikan pangkat"), standing.next_rank, standing.to_next_rank),
        (gettext("Kenaikan jenjang"), standing.next_level, standing.to_next_level),
    )
    return [(label, need, _far(missing or Decimal(0))) for label, need, missing in rows if need is not None]


def _far(missing: Decimal) -> str:
    if missing:
        return gettext("kurang %(points)s") % {"points": points(missing)}
    return gettext("angka kreditnya cukup; syarat lain diperiksa tersendiri")


def state(account: Account | None) -> tuple[str, str]:
    """How the account stands beside what was laid down: words and the kind of their badge."""
    if account is None:
        return gettext("bukan PNS"), "quiet"
    if account.unknown_level is not None:
        return gettext("jenjang belum tercatat"), "attention"
    if account.is_ahead:
        return gettext("perlu ditetapkan"), "attention"
    return (gettext("mutakhir"), "ok") if account.latest else (gettext("belum ada"), "quiet")
