"""Which rule of presence from the web is in force for a unit on a day, and whom it lets record."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from terang.evidence.attendance.models import FlexibleMode, WebPunchRule, WebPunchWho, WorkPlace
from terang.evidence.attendance.schedules import Schedules, chain_of
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts


class WebRules:
    """The rules of an agency, read once: one query, whatever is asked of it."""

    def __init__(self, agency: Agency, schedules: Schedules | None = None) -> None:
        self._chains = schedules.chains if schedules else None
        self._rules: dict[int | None, list[WebPunchRule]] = defaultdict(list)
        for rule in WebPunchRule.objects.filter(agency=agency).order_by("valid_from", "pk"):
            self._rules[rule.unit_id].append(rule)

    @property
    def any(self) -> bool:
        """Whether anybody was ever let record from the web."""
        return bool(self._rules)

    def rule_on(self, unit_id: int | None, day: date) -> WebPunchRule | None:
        """The rule of the nearest unit that has one on the day, the one that began last."""
        chain = self._chains.get(unit_id, ()) if self._chains and unit_id else ()
        return self.rule_of(chain, day) if self._rules else None

    def rule_of(self, chain: tuple[int, ...], day: date) -> WebPunchRule | None:
        """As `rule_on`, for a unit and those above it, nearest first."""
        for level in (*chain, None):
            for rule in reversed(self._rules.get(level, ())):
                if rule.valid_from <= day and (rule.valid_to is None or day < rule.valid_to):
                    return rule
        return None

    def opens(self, rule: WebPunchRule | None, mode: str | None) -> bool:
        """Whether the rule lets somebody record who works so on the day (None: at the usual place and hours)."""
        if rule is None or rule.who == WebPunchWho.NOBODY:
            return False
        return rule.who == WebPunchWho.EVERYONE or mode in (FlexibleMode.ELSEWHERE, FlexibleMode.DYNAMIC)


@dataclass(frozen=True)
class Standing:
    """How a person may record from the web on a day. `radius_metres` is None where no place is asked for: the rule does
    not, or the person works elsewhere by decision."""

    rule: WebPunchRule | None
    mode: str | None
    open: bool
    places: tuple[WorkPlace, ...]

    @property
    def radius_metres(self) -> int | None:
        if self.rule is None or not self.rule.place_required or self.mode == FlexibleMode.ELSEWHERE:
            return None
        return self.rule.radius_metres


def standing_of(employee: Employee, day: date, mode: str | None) -> Standing:
    """The person's standing by the main post of the day. Three queries."""
    post = main_posts([employee.pk], day).get(employee.pk)
    chain = chain_of(post.post.unit) if post else ()
    rules = WebRules(employee.agency)
    rule = rules.rule_of(chain, day)
    places = WorkPlace.objects.filter(agency=employee.agency).order_by("name", "pk")
    used = [place for place in places if place.retired_on is None or day < place.retired_on]
    own = tuple(place for place in used if place.unit_id is None or place.unit_id in chain)
    return Standing(rule, mode, rules.opens(rule, mode), own)


def decides_flexible_work(agency: Agency, unit: Unit | None, day: date) -> str:
    """Who may decide flexible work in a unit: a `Decider`; the personnel agency where no rule says otherwise."""
    rule = WebRules(agency).rule_of(chain_of(unit) if unit else (), day)
    return rule.flexible_by if rule else "kepegawaian"
