"""The page of one result: itself, its indicators and its steps as forms that are sent and kept together."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.plans import sources
from terang.planning.plans.forms import ResultForm
from terang.planning.plans.indicator_forms import indicator_initial, indicator_rows, step_rows, written
from terang.planning.plans.models import PlanVersion
from terang.planning.plans.placement import placement_of
from terang.planning.plans.setting import promised_to
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlannedResult, from_json
from terang.rules.plans.wording import wording_hint
from terang.rules.sentences import Sentence
from terang.web.asked import asked_int, asked_ints
from terang.web.errors import NotNow

ENTRIES_A_PAGE = 30
MOST_ROWS = 40
"""So many indicators or steps one result can have on the page."""
USUAL_UNITS = ("%", "berkas", "dokumen", "hari", "indeks", "jam", "kegiatan", "laporan", "layanan", "menit", "orang")


class Together:
    """Several forms as one, for the summary of errors."""

    def __init__(self, each: Sequence[forms.BaseForm]) -> None:
        self.each = each

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self.each)

    def non_field_errors(self) -> list[Any]:
        return [error for form in self.each for error in form.non_field_errors()]

    def hidden_fields(self) -> list[forms.BoundField]:
        return [bound for form in self.each for bound in form.hidden_fields()]

    def visible_fields(self) -> list[forms.BoundField]:
        return [bound for form in self.each for bound in form.visible_fields()]


class ResultPage:
    """The forms of one result: itself, its indicators, its steps; bound to `data` where something was sent."""

    def __init__(self, viewer: Viewer, version: PlanVersion, key: str, data: QueryDict | None) -> None:
        self.viewer, self.version = viewer, version
        self.document = from_json(version.document)
        self.result = self.document.result(key) if key else None
        if key and self.result is None:
            raise NotNow(gettext("Hasil kerja ini sudah tidak ada dalam rencana. Muat ulang halaman rencana."))
        self.entries = list(sources.entries_for(version.plan.post, viewer.agency_id)[:ENTRIES_A_PAGE])
        self.asks_for_more = data is not None and ("tambah" in data or "kamus" in data)
        if data is not None and self.asks_for_more:
            data = self._with_more(data)
        self.form = self._form(data)
        empty = 0 if self.result and self.result.indicators else 1
        self.indicators = indicator_rows(
            data,
            document=self.document,
            result=self.result,
            entries=self._named(data),
            extra=empty,
            promises=promised_to(version.plan) if self.document.form == "jpt" else (),
        )
        self.steps = step_rows(data, self.result)

    def _form(self, data: QueryDict | None) -> ResultForm:
        day = max(self.version.plan.period_start, self.viewer.today)
        options = sources.leader_options(placement_of(self.viewer.employee, self.viewer.today), day)
        pk = self.result.assigner_id if self.result else None
        assigner = Employee.objects.filter(pk=pk, agency_id=self.viewer.agency_id).first() if pk else None
        return ResultForm(
            data,
            document=self.document,
            options=options,
            result=self.result,
            agency_id=self.viewer.agency_id,
            assigner=assigner,
            decided=self.main_decided,
            initial={"version": self.version.version, "form_key": uuid.uuid4()},
        )

    def _named(self, data: QueryDict | None) -> list[DictionaryEntry]:
        """The entries of the dictionary that the sent rows name. One query where there are any."""
        numbers = [value for name, value in (data or {}).items() if name.startswith("i-") and name.endswith("-entry")]
        wanted = asked_ints(str(value) for value in numbers)
        return list(DictionaryEntry.objects.filter(agency_id=self.viewer.agency_id, pk__in=wanted)) if wanted else []

    def _with_more(self, data: QueryDict) -> QueryDict:
        """What was sent with one indicator more; from the dictionary it takes an empty row where there is one."""
        more = data.copy()
        total = min(asked_int(more.get("i-TOTAL_FORMS")) or 0, MOST_ROWS)
        if "tambah" in data:
            more["i-TOTAL_FORMS"] = str(total + 1)
            return more
        entries = sources.entries_for(self.version.plan.post, self.viewer.agency_id)
        entry = get_object_or_404(entries, pk=asked_int(data["kamus"]))
        place = next((n for n in range(total) if not more.get(f"i-{n}-text", "").strip()), total)
        more["i-TOTAL_FORMS"] = str(max(total, place + 1))
        row = sources.indicator_from_entry(entry, self.document.form, more.get(f"i-{place}-key", ""))
        for name, value in indicator_initial(row).items():
            more.setlist(f"i-{place}-{name}", value if isinstance(value, list) else [str(value or "")])
        if not more.get("text", "").strip():
            more["text"] = entry.result
        return more

    @property
    def main_decided(self) -> bool:
        """Whether the appraiser has decided that it is main or additional."""
        return self.result is not None and self.result.key in self.version.decided.get("main", {})

    @property
    def seen(self) -> int:
        version: int = self.form.cleaned_data["version"]
        return version

    @property
    def together(self) -> "Together":
        """Every form of the page as one, for the summary of errors."""
        return Together([self.form, *self.indicators, *self.steps])

    @property
    def single(self) -> bool:
        """Whether there is one indicator only, which is rewritten rather than removed."""
        return len(self.indicators.forms) == 1

    @property
    def hint(self) -> Sentence | None:
        """What to think about the wording as it stands."""
        return wording_hint(self.form["text"].value() or "")

    @property
    def leader_hint(self) -> str:
        """What to do where the leader's plan gives nothing to choose from."""
        if self.form.options or self.form.initial.get("leader"):
            return ""
        return gettext("Rencana pimpinan belum ada. Biarkan kosong; Anda tetap dapat mengajukan rencana.")

    @property
    def more_fields(self) -> list[Any]:
        """What most results do not need."""
        return [self.form[name] for name in self.form.more]

    @property
    def more_open(self) -> bool:
        """Whether something of it is filled or wrong."""
        return any(bound.errors or (bound.value() and bound.name != "level") for bound in self.more_fields)

    @property
    def steps_open(self) -> bool:
        """Whether a step is wrong, so that its error can be seen."""
        return any(form.errors for form in self.steps) if self.steps.is_bound else False

    @property
    def units(self) -> list[str]:
        """Units of measure to choose from: the usual ones and those of the dictionary."""
        return sorted({*USUAL_UNITS, *(entry.unit_label for entry in self.entries)})

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.indicators.is_valid(), self.steps.is_valid()])

    def planned(self) -> PlannedResult:
        indicators = [form.planned() for form in written(self.indicators)]
        return self.form.planned(indicators, [form.planned() for form in written(self.steps)])
