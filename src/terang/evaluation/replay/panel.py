"""The controls of a replay as they are drawn: each weight and limit with what it was, what is asked, what is used."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from terang.evaluation.replay.asked import Asked, shown
from terang.evaluation.wording import label, measure_label
from terang.rules.policies import Policy
from terang.rules.policies.knobs import LIMITS, Group, groups, limits


@dataclass(frozen=True)
class Control:
    """One number. `value` stands in its field, `base_bp` is in the policy that was in force (missing where it has no
    such part), `used_bp` is what is reckoned with; `lockable` weights share 10,000 with others."""

    name: str
    label: str
    value: str
    low: str
    high: str
    used_bp: int
    base_bp: int | None
    locked: bool
    lockable: bool
    error: str

    @property
    def place(self) -> str:
        """The name as the id of an element."""
        return self.name.replace(".", "-")


@dataclass(frozen=True)
class Controls:
    """A group of controls under one heading; `weights` add up to 100 %."""

    title: str
    weights: bool
    open: bool
    members: tuple[Control, ...]


def controls(asked: Asked, base: Policy) -> list[Controls]:
    """Every group in the order of the policy; limits come last. No query."""
    used = {group.key: group.values_bp for group in groups(asked.policy)}
    before = {group.knob(code): value for group in groups(base) for code, value in group.values_bp.items()}
    found = [
        Controls(
            title=_title(group, asked.tried),
            weights=True,
            open=number == 0 or _is_turned(group, asked),
            members=_members(group, asked, used[group.key], before),
        )
        for number, group in enumerate(groups(asked.tried))
    ]
    open_limits = any(name in asked.typed for name in LIMITS)
    return [*found, Controls(_("Batas dan standar"), False, open_limits, _limits(asked, limits(base)))]


def _is_turned(group: Group, asked: Asked) -> bool:
    return any(group.knob(code) in asked.typed for code in group.values_bp)


def _members(group: Group, asked: Asked, used: Mapping[str, int], before: Mapping[str, int]) -> tuple[Control, ...]:
    return tuple(
        Control(
            name=(name := group.knob(code)),
            label=_member_label(group, code, asked.tried),
            value=asked.typed.get(name, shown(value)),
            low="0.01",
            high="100",
            used_bp=used[code],
            base_bp=before.get(name),
            locked=name in asked.locked,
            lockable=True,
            error=asked.errors.get(name, ""),
        )
        for code, value in group.values_bp.items()
    )


def _limits(asked: Asked, before: Mapping[str, int]) -> tuple[Control, ...]:
    words = {
        "standard": _("Standar: di bawahnya peringatan dimulai"),
        "least_coverage": _("Bukti paling sedikit agar ada nilai"),
        "work_above": _("Hasil kerja: di atas ekspektasi mulai"),
        "work_meets": _("Hasil kerja: sesuai ekspektasi mulai"),
        "behaviour_above": _("Perilaku: di atas ekspektasi mulai"),
        "behaviour_meets": _("Perilaku: sesuai ekspektasi mulai"),
    }
    own, used = limits(asked.tried), limits(asked.policy)
    return tuple(
        Control(
            name=name,
            label=words[name],
            value=asked.typed.get(name, shown(own[name])),
            low=shown(low),
            high=shown(high),
            used_bp=used[name],
            base_bp=before[name],
            locked=False,
            lockable=False,
            error=asked.errors.get(name, ""),
        )
        for name, (low, high) in LIMITS.items()
    )


def _title(group: Group, policy: Policy) -> str:
    if group.key == "b":
        return _("Ukuran di balik saran perilaku")
    kind, variant, *aspect = group.key.split(".")
    posts = {each.code: label(each) for each in policy.variants}.get(variant, "")
    if kind == "w":
        return _("Bobot aspek untuk %(posts)s") % {"posts": posts} if posts else _("Bobot aspek")
    of = next(label(each) for each in policy.aspects_for(variant) if each.code == aspect[0])
    title = _("Ukuran dalam aspek %(aspect)s") % {"aspect": of}
    return f"{title} ({posts})" if posts else title


def _member_label(group: Group, code: str, policy: Policy) -> str:
    if not group.key.startswith("w."):
        return measure_label(code)
    variant = group.key.partition(".")[2]
    return next(label(each) for each in policy.aspects_for(variant) if each.code == code)
