"""Governments side by side, from nothing but what each of them publishes about itself, with how sure each figure is.

No role of this system stands above several governments (ADR 0045), so nobody sees more here than on the public pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from terang.evidence.citizens.catalogue_selectors import governments
from terang.registry.organization.models import Agency, AgencyKind
from terang.reporting.boards.public.facts import Promise, government_facts
from terang.rules.services.intervals import Range, share_interval
from terang.web.charts import Interval, Intervals
from terang.web.numbers import percent

KEPT_SECONDS = 600
LEAST_GOVERNMENTS = 2
"""A service stands in the comparison from so many governments on that publish its times."""


@dataclass(frozen=True)
class Government:
    """What one government publishes. `timely` is the interval of the share in time; missing below the least number of
    finished requests, as `ikm` (hundredths) is below the least number of answers."""

    code: str
    name: str
    kind: str
    months: str
    services: int
    finished: int
    timely_bp: int | None
    timely: Range | None
    ikm: int | None
    ikm_text: str
    ikm_period: str
    respondents: int | None
    announced: bool
    by_units: bool
    promises: tuple[Promise, ...]

    @property
    def kind_label(self) -> str:
        return str(AgencyKind(self.kind).label)


@dataclass(frozen=True)
class Offer:
    """One service of one government: what it promises and what was kept."""

    government: Government
    promise: Promise
    timely: Range | None


@dataclass(frozen=True)
class Alike:
    """A service that several governments offer under one name."""

    name: str
    offers: tuple[Offer, ...]

    @property
    def promises_differ(self) -> bool:
        return len({each.promise.standard_minutes for each in self.offers}) > 1


def published() -> list[Government]:
    """Every government with public pages, by name. One query where all are kept; what publishing costs once in ten
    minutes for each otherwise."""
    agencies = sorted(governments(), key=lambda each: each.name)
    keys = {f"terang:analysis:government:{each.pk}:{get_language()}": each for each in agencies}
    found: dict[str, Government] = cache.get_many(keys)
    for key, agency in keys.items():
        if key not in found:
            found[key] = _published(agency)
            cache.set(key, found[key], KEPT_SECONDS)
    return [found[key] for key in keys]


def _published(agency: Agency) -> Government:
    facts = government_facts(agency)
    whole, late = facts.whole, sum(each.late for each in facts.services)
    return Government(
        code=agency.code,
        name=agency.name,
        kind=agency.kind,
        months=facts.months,
        services=len(facts.services),
        finished=facts.finished,
        timely_bp=facts.timely_bp,
        timely=share_interval(facts.finished - late, facts.finished) if facts.timely_bp is not None else None,
        ikm=whole.ikm,
        ikm_text=whole.ikm_text,
        ikm_period=whole.period,
        respondents=whole.respondents,
        announced=whole.published,
        by_units=whole.by_units,
        promises=facts.services,
    )


def alike(found: Sequence[Government]) -> list[Alike]:
    """Services of one name whose times at least two governments publish, by name. The order says nothing of rank."""
    offers: dict[str, dict[str, list[Offer]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for government in found:
        for promise in government.promises:
            if promise.timely_bp is None:
                continue
            key = " ".join(promise.name.casefold().split())
            names.setdefault(key, promise.name)
            offers[key][government.code].append(_offer(government, promise))
    return [
        Alike(names[key], tuple(offer for each in by.values() for offer in each))
        for key, by in sorted(offers.items())
        if len(by) >= LEAST_GOVERNMENTS
    ]


def _offer(government: Government, promise: Promise) -> Offer:
    return Offer(government, promise, share_interval(promise.finished - promise.late, promise.finished))


def chart_of(found: Sequence[Government]) -> Intervals | None:
    """The share in time of each, on its interval, in the order of names; None where nobody publishes one."""
    rows = [
        Interval(each.name, each.timely_bp, each.timely.low, each.timely.high)
        for each in found
        if each.timely_bp is not None and each.timely
    ]
    if not rows:
        return None
    lead = _(
        "Titik: bagian permohonan yang selesai tepat waktu. Garis: selang 95 persen (Wilson). Urutan menurut nama."
    )
    heads = (_("Pemerintah daerah"), _("Tepat waktu"), _("Terendah"), _("Tertinggi"))
    return Intervals(_("Tepat waktu menurut janji masing-masing"), rows, percent, lead, heads=heads, from_zero=False)


def cautions(found: Sequence[Government]) -> list[str]:
    """Why these figures are not simply comparable, as far as the figures themselves say so."""
    return [words for words in _cautions(found) if words]


def _cautions(found: Sequence[Government]) -> Iterable[str]:
    if len({each.kind for each in found}) > 1:
        yield _("Jenisnya berbeda (kota, kabupaten, provinsi): wewenang, luas, dan jarak ke warganya tidak sama.")
    sizes = [each.finished for each in found if each.finished]
    if sizes and max(sizes) >= 2 * min(sizes):
        words = _("Banyaknya permohonan berbeda: dari %(low)s sampai %(high)s. Yang sedikit lebih mudah bergeser.")
        yield words % {"low": min(sizes), "high": max(sizes)}
    if len({each.services for each in found}) > 1:
        yield _("Cakupannya berbeda: tidak semua pemerintah menerbitkan layanan yang sama banyak.")
    if len({each.months for each in found}) > 1:
        yield _("Jangka waktunya berbeda; lihat kolom periode.")
    if len({(each.announced, each.by_units) for each in found if each.ikm is not None}) > 1:
        yield _("IKM dihitung dengan cara berbeda: sebagian sudah diumumkan, sebagian berjalan; ada yang dari unit.")
    without = sum(each.timely_bp is None for each in found)
    if without:
        yield ngettext(
            "%(n)s pemerintah belum punya cukup permohonan selesai untuk angka tepat waktu.",
            "%(n)s pemerintah belum punya cukup permohonan selesai untuk angka tepat waktu.",
            without,
        ) % {"n": without}


def apart(found: Sequence[Government]) -> list[tuple[str, str]]:
    """Pairs of which one's whole interval lies above the other's, the higher first: the only differences told."""
    known = [(each.name, each.timely) for each in found if each.timely]
    return [(a, b) for a, high in known for b, low in known if high.low > low.high]
