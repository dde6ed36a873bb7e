"""What is known of people's careers, from where: final yearly predicates, credit points, hours, declared facts.

The number of queries does not depend on the number of people. Nothing missing is filled in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext

from terang.evaluation.appraisals.models import Appraisal, AppraisalState
from terang.evaluation.credit.account import Account
from terang.evaluation.credit.selectors import accounts_of
from terang.evaluation.periods import YEAR
from terang.follow_up.career.models import COUNTING, Declaration, DeclarationState, Subject
from terang.follow_up.career.values import shown_value
from terang.follow_up.training.hours import hours_done
from terang.registry.people.models import Assignment, Employee, PostKind
from terang.registry.people.selectors import main_posts
from terang.rules.nip import birth_date
from terang.rules.regulations.asn_index import Index, IndexFacts, asn_index
from terang.rules.regulations.credit import months_to
from terang.rules.regulations.promotion import NextRank, RankFacts, coming_period, next_rank
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.succession import Contender
from terang.rules.regulations.talent import Placing, placing

_YEARS = {Subject.HOURS: 1}
"""Facts that are about the last so many years, besides seminars, whose years the rule says."""


@dataclass(frozen=True)
class Known:
    """One fact: its value, how it is shown, where its record opens, and the day it is of. `contested` is one the
    employee has contested and nobody has answered."""

    value: str
    shown: str
    url: str
    day: date | None = None
    contested: bool = False


@dataclass
class Profile:
    """One person's career as records say it today. `facts` are by subject, `predicates` by year, each only where known.

    `account` is missing where no credit points are earned, or where nobody asked for them.
    """

    employee: Employee
    post: Assignment | None
    today: date
    facts: dict[str, Known] = field(default_factory=dict)
    predicates: dict[int, Known] = field(default_factory=dict)
    account: Account | None = None

    @property
    def applies(self) -> bool:
        """State officials (the regional head) have neither index nor rank."""
        return self.post is None or self.post.post.kind != PostKind.ELECTED

    @property
    def unit(self) -> str:
        return self.post.post.unit.name if self.post else ""

    @property
    def title(self) -> str:
        return self.post.post.title if self.post else ""

    @property
    def last_year(self) -> int:
        """The last year that is over: its predicate counts."""
        return self.today.year - 1

    @property
    def period(self) -> date:
        """The coming day from which a rise in rank may take effect."""
        return coming_period(self.today)

    @cached_property
    def index(self) -> Index:
        """By the rule in force today."""
        functional, seminar = self._value(Subject.FUNCTIONAL), self._value(Subject.SEMINAR)
        hours = self._value(Subject.HOURS)
        facts = IndexFacts(
            self.post.post.kind if self.post else None,
            self._value(Subject.EDUCATION),
            self._value(Subject.LEADERSHIP),
            None if functional is None else functional == "ya",
            None if hours is None else int(hours),
            None if seminar is None else seminar == "ya",
            self._predicate(self.last_year),
            self._value(Subject.DISCIPLINE),
        )
        return asn_index(facts, self.today)

    @cached_property
    def placing(self) -> Placing:
        """The box of talent management."""
        potential = self._value(Subject.POTENTIAL)
        return placing(self._predicate(self.last_year), None if potential is None else int(potential), self.today)

    @cached_property
    def next_rank(self) -> NextRank:
        """What the next rank asks in the coming period: years are counted to its day, predicates are of the two years
        before it."""
        since, year = self.facts.get(Subject.RANK_SINCE), self.period.year
        facts = RankFacts(
            self.employee.status,
            self.post.post.kind if self.post else None,
            self.employee.rank or None,
            since.day if since else None,
            self._value(Subject.EDUCATION),
            tuple((each, self._predicate(each)) for each in (year - 1, year - 2)),
            self._value(Subject.DISCIPLINE),
            self._credit_missing(),
            self._credit_by(),
        )
        return next_rank(facts, self.today, self.period)

    @cached_property
    def contender(self) -> Contender:
        """What pools for a post ask."""
        since, discipline = self.facts.get(Subject.RANK_SINCE), self.facts.get(Subject.DISCIPLINE)
        return Contender(
            self.post.post.kind if self.post else None,
            self.post.post.level if self.post else "",
            self.placing.box,
            self.employee.rank or None,
            since.day if since else None,
            self._value(Subject.EDUCATION),
            self._value(Subject.LEADERSHIP),
            tuple((each, self._predicate(each)) for each in (self.last_year, self.last_year - 1)),
            self._value(Subject.DISCIPLINE),
            bool(discipline and discipline.contested),
            birth_date(self.employee.nip),
        )

    def _value(self, subject: str) -> str | None:
        return self.facts[subject].value if subject in self.facts else None

    def _predicate(self, year: int) -> str | None:
        return self.predicates[year].value if year in self.predicates else None

    def _credit_missing(self) -> Decimal | None:
        """Points to the next rank; at the last rank of a level those to the next level."""
        if self.account is None or not self.account.level:
            return None
        standing = self.account.standing
        return standing.to_next_level if standing.to_next_rank is None else standing.to_next_rank

    def _credit_by(self) -> date | None:
        """Around when the missing points are there, with the predicate of the last conversion in every month to come;
        None where nothing was converted yet, or where it should be over."""
        missing = self._credit_missing()
        rows = [line for line in self.account.lines if line.is_conversion] if self.account else []
        if not missing or not rows or self.account is None:
            return None
        months = months_to(self.account.level, rows[-1].predicate, missing, self.today)
        if months is None:
            return None
        last = rows[-1].until
        place = last.year * 12 + last.month - 1 + months
        by = date(place // 12, place % 12 + 1, 1)
        return by if by > self.today else None


def profiles_of(people: Sequence[Employee], today: date, *, credit: bool = False) -> list[Profile]:
    """In the order of the people. Four queries; with credit points at most four more."""
    ids = [each.pk for each in people]
    posts = main_posts(ids, today)
    accounts = accounts_of(people, today) if credit else {}
    found = {each.pk: Profile(each, posts.get(each.pk), today, account=accounts.get(each.pk)) for each in people}
    _declared(found, ids, today)
    _rated(found, ids)
    _learned(found, ids, today)
    return list(found.values())


def _declared(found: dict[int, Profile], ids: Collection[int], today: date) -> None:
    """The latest of each fact that counts and still holds; a predicate by its year."""
    rows = Declaration.objects.filter(employee_id__in=ids, state__in=COUNTING, day__lte=today)
    for row in rows.order_by("day", "pk"):
        profile, known = found[row.employee_id], known_of(row)
        if row.subject == Subject.PREDICATE:
            profile.predicates[row.day.year] = known
        elif not is_over(row, today):
            profile.facts[row.subject] = known
        else:
            profile.facts.pop(row.subject, None)


def known_of(row: Declaration) -> Known:
    shown = shown_value(row.subject, row.value, row.day)
    return Known(row.value, shown, row.get_absolute_url(), row.day, row.state == DeclarationState.CONTESTED)


def is_over(row: Declaration, today: date) -> bool:
    """Whether a fact says nothing about today any more: its end has come, or it is of too long ago."""
    if row.until is not None and row.until <= today:
        return True
    years = _YEARS.get(Subject(row.subject), 0)
    if row.subject == Subject.SEMINAR:
        years = int(rule_set("asn_index", today).values["seminar_years"])
    return bool(years) and (row.day.year + years, row.day.month, row.day.day) < (today.year, today.month, today.day)


def _rated(found: dict[int, Profile], ids: Collection[int]) -> None:
    """The predicate that counts of each year's final evaluation; it stands before a declared one."""
    rows = Appraisal.objects.filter(employee_id__in=ids, state=AppraisalState.FINAL, window__period__kind=YEAR)
    for row in rows.select_related("window__period", "objection", "adjustment").order_by("pk"):
        day = row.window.period.starts_on
        found[row.employee_id].predicates[day.year] = Known(
            row.standing, row.standing_label, row.get_absolute_url(), day
        )


def _learned(found: dict[int, Profile], ids: Collection[int], today: date) -> None:
    """Hours with a certificate in Terang, where they are enough or more than was declared. Fewer say nothing: what was
    learned elsewhere is not known."""
    asked = int(rule_set("asn_index", today).values["hours"])
    for pk, hours in hours_done(ids, today.year).items():
        declared = found[pk].facts.get(Subject.HOURS)
        if hours >= max(asked, int(declared.value) + 1 if declared else 0):
            shown = gettext("%(hours)s JP tahun ini, bersertifikat") % {"hours": hours}
            found[pk].facts[Subject.HOURS] = Known(str(hours), shown, reverse("training:person", args=[pk]), today)
