"""What is tried on the page, read from its address: turned numbers, locks, and the assumption about money.

Only what differs from the tried policy is kept in the address, so a link is short and means the same tomorrow.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from terang.rules.assumed_pay import MANNERS, AssumedPay
from terang.rules.policies import Policy
from terang.rules.policies.knobs import LIMITS, KnobError, groups, limits, turned
from terang.rules.policies.model import FULL_BP
from terang.web.sentences import said

LOCK = "kunci"
AMOUNT, MANNER, LADDER, WITHOUT = "pagu", "cara", "tangga", "bayar_none"
RATED = ("above", "meets", "below")
MONEY = (AMOUNT, MANNER, LADDER, WITHOUT, *(f"bayar_{code}" for code in RATED))
HIGHEST_AMOUNT = 1_000_000_000
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")
_STEP = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*[:=]\s*(\d{1,3}(?:[.,]\d{1,2})?)")
_AMOUNT = re.compile(r"(?:Rp\s*)?(\d{1,3}(?:[. ]\d{3})+|\d{1,10})", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What somebody tries. `typed` is what stands in each field; `errors` says by field what is wrong with it.

    `policy` is the tried policy with the turned numbers, the tried policy itself where something is wrong. `pay` is
    missing where no assumption about money was made. `trouble` says why numbers that are right by themselves do not go
    together.
    """

    tried: Policy
    policy: Policy
    typed: Mapping[str, str]
    locked: frozenset[str]
    pay: AssumedPay | None
    errors: Mapping[str, str]
    trouble: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.errors and not self.trouble

    @property
    def query(self) -> str:
        """The address's part after the question mark."""
        kept = [(name, text) for name, text in self.typed.items() if text]
        return urlencode([*kept, *((LOCK, name) for name in sorted(self.locked))])


def read(query: QueryDict, tried: Policy, months: int) -> Asked:
    """What an address asks for; fields that no policy knows are not looked at. No query."""
    own = _own_numbers(tried)
    typed = {name: text for name in own if (text := query.get(name, "").strip()) and _bp(text) != own[name]}
    errors: dict[str, str] = {}
    wanted = {name: value for name, text in typed.items() if (value := _number(name, text, errors)) is not None}
    locked = frozenset(name for name in query.getlist(LOCK) if name in own and name not in LIMITS)
    money = {name: text for name in MONEY if (text := query.get(name, "").strip())}
    pay = _pay(money, months, errors)
    policy, trouble = tried, ""
    try:
        policy = turned(tried, own | wanted, locked) if not errors else tried
    except KnobError as error:
        trouble = str(said(error.sentence))
    return Asked(tried, policy, {**typed, **money}, locked, pay, errors, trouble)


def _own_numbers(policy: Policy) -> dict[str, int]:
    weights = {group.knob(code): value for group in groups(policy) for code, value in group.values_bp.items()}
    return weights | limits(policy)


def _bp(text: str) -> int | None:
    found = _PERCENT.fullmatch(text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def shown(value_bp: int) -> str:
    """A percentage as a number field holds it: 3750 → "37.5"."""
    whole, hundredths = divmod(value_bp, 100)
    return f"{whole}.{hundredths:02}".rstrip("0") if hundredths else str(whole)


def _number(name: str, text: str, errors: dict[str, str]) -> int | None:
    low, high = LIMITS.get(name, (1, FULL_BP))
    value = _bp(text)
    if value is None or not low <= value <= high:
        errors[name] = _("Tulis angka antara %(low)s dan %(high)s, misalnya 40 atau 37,5.") % {
            "low": shown(low).replace(".", ","),
            "high": shown(high),
        }
        return None
    return value


def _pay(typed: Mapping[str, str], months: int, errors: dict[str, str]) -> AssumedPay | None:
    """The assumption, or None without an amount. Nothing in it has a value of ours."""
    if AMOUNT not in typed:
        return None
    found = _AMOUNT.fullmatch(typed[AMOUNT])
    amount = int(re.sub(r"\D", "", found[1])) if found else 0
    if not 0 < amount <= HIGHEST_AMOUNT:
        errors[AMOUNT] = _("Tulis rupiah tanpa desimal, lebih dari nol, misalnya 3.000.000.")
    manner = next((each for each in MANNERS if each == typed.get(MANNER)), None)
    if manner is None:
        errors[MANNER] = _("Pilih cara membayarnya.")
    without = _share(WITHOUT, typed, errors)
    shares = {code: _share(f"bayar_{code}", typed, errors) for code in RATED} if manner == "class" else {}
    steps = _steps(typed.get(LADDER, ""), errors) if manner == "ladder" else ()
    if manner is None or any(name in errors for name in MONEY):
        return None
    return AssumedPay(amount, months, manner, without, shares, steps)


def _share(name: str, typed: Mapping[str, str], errors: dict[str, str]) -> int:
    value = _bp(typed.get(name, ""))
    if value is None or value > FULL_BP:
        errors[name] = _("Tulis berapa persen yang dibayar, dari 0 sampai 100.")
    return value or 0


def _steps(text: str, errors: dict[str, str]) -> tuple[tuple[int, int], ...]:
    """Steps as they are typed: "90:100 80:85 0:40"."""
    parts = [part for part in re.split(r"[;\s]+", re.sub(r"\s*([:=])\s*", r"\1", text.strip())) if part]
    found = [_STEP.fullmatch(part) for part in parts]
    steps = tuple((_bp(each[1]) or 0, _bp(each[2]) or 0) for each in found if each)
    wrong = len(steps) != len(parts) or not steps or any(share > FULL_BP for _start, share in steps)
    if wrong or len({start for start, _share in steps}) < len(steps):
        errors[LADDER] = _("Tulis tangga sebagai nilai:persen, misalnya 90:100 80:85 0:40; tiap nilai sekali.")
    return steps
