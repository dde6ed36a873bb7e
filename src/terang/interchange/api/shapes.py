"""What addresses take and answer, as the OpenAPI document tells it. A field never changes its name or meaning within a
version; missing is null, never zero or an empty text."""

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Path, Schema
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from terang.interchange.api.paging import MOST
from terang.rules.sentences import mark as _
from terang.web.asked import FIRST_YEAR, LAST_YEAR

LARGEST = 2**63 - 1
TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""At least one sign that is no blank, and no control signs but tabs and ends of lines."""
WORDS = r"^[^\x00-\x1f\x7f]*$"
Number = Annotated[int, Path(ge=1, le=LARGEST, description=_("Nomor seperti di jawaban lain."))]


def _iso_day(told: Any) -> date:
    """A day as `2026-11-24` and in no other way: a number of seconds is none."""
    if isinstance(told, date):
        return told
    if isinstance(told, str) and ISO_DAY.fullmatch(told):
        with suppress(ValueError):
            return date.fromisoformat(told)
    raise PydanticCustomError("date_parsing", "no ISO day")


ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[date, BeforeValidator(_iso_day)]


def _whole(told: Any) -> Any:
    """JSON knows one kind of number: 42.0 is 42."""
    return int(told) if isinstance(told, float) and told.is_integer() else told


class Taken(Schema):
    """What is sent; a field that is not known is refused."""

    model_config = {"extra": "forbid", "strict": True}


class Paged(Schema):
    """How a list is asked."""

    after: int | None = Field(
        None, ge=1, le=LARGEST, description=_("Mulai sesudah baris dengan nomor ini; ambil dari next.")
    )
    limit: int = Field(50, ge=1, le=MOST, description=_("Banyak baris satu halaman, paling banyak 100."))


class Page(Schema):
    """A page of a list."""

    next: str | None = Field(description=_("Alamat halaman berikutnya; null pada halaman terakhir."))


class Coded(Schema):
    """A choice: the code stays, the text is in the reader's language."""

    code: str
    text: str


class Named(Schema):
    id: int
    name: str


class Worded(Schema):
    id: int
    text: str


class Figure(Schema):
    """A number, never without its unit and where it comes from."""

    value: int | None = Field(description=_("null bila tidak diketahui, bukan nol."))
    unit: str = Field(description=_("basis_points: 10.000 = seratus persen; points_bp: seperseratus poin dari 100."))
    text: str = Field(description=_("Seperti ditulis di halaman."))
    source: str
    article: str | None
    page: str | None
    missing: str | None = Field(description=_("Mengapa tidak ada nilainya."))


class ProblemOut(Schema):
    """An error (RFC 9457)."""

    type: str = Field(description=_("Jenis kesalahan, sebagai alamat pada halaman /api/."))
    title: str
    status: int
    detail: str = Field(description=_("Apa yang salah dan apa yang dapat dilakukan."))
    errors: dict[str, list[str]] = Field(description=_("Menurut isian; kosong bila bukan tentang isian."))


class AgencyOut(Schema):
    code: str
    name: str
    time_zone: str


class PostOut(Schema):
    title: str
    kind: Coded
    assignment: Coded
    unit: Named


class ApplicationOut(Schema):
    name: str
    scopes: list[str]
    last_day: date


class MeOut(Schema):
    """Whose access the token lends, and what it is lent for."""

    id: int
    nip: str
    name: str
    agency: AgencyOut
    post: PostOut | None
    roles: list[Coded]
    leads: list[int] = Field(description=_("Nomor unit yang dipimpin hari ini."))
    today: date = Field(description=_("Hari ini menurut zona waktu instansi."))
    application: ApplicationOut


class UnitOut(Schema):
    id: int
    code: str
    name: str
    kind: Coded
    parent: int | None
    serves_public: bool
    valid_from: date


class UnitPage(Page):
    items: list[UnitOut]


class UnitDetail(UnitOut):
    head: Named | None = Field(description=_("Yang memimpin hari ini; null bila kosong."))


class PersonOut(Schema):
    id: int
    nip: str
    name: str
    status: Coded
    rank: str | None
    post: str | None
    unit: str | None
    joined_on: date
    left_on: date | None
    page: str


class PersonPage(Page):
    items: list[PersonOut]


class PersonDetail(PersonOut):
    appraiser: Named | None = Field(description=_("Pejabat penilai hari ini; null bila tidak ada."))


class PeriodOut(Schema):
    id: int
    kind: str
    name: str
    starts_on: date
    last_day: date
    closed_at: datetime | None


class PeriodPage(Page):
    items: list[PeriodOut]


class ScoreOut(Schema):
    """A measured score in short; `explained` is the address of all that stands behind it."""

    id: int
    period: PeriodOut
    unit: Named
    total: Figure
    coverage: Figure
    below_standard: bool
    computed_at: datetime
    explained: str
    page: str


class ScorePage(Page):
    items: list[ScoreOut]


class EntryOut(Schema):
    id: int
    receipt: str
    employee: Named
    day: date
    text: str
    result: Worded
    indicator: Worded | None
    task: Worded | None
    quantity_milli: int = Field(description=_("Seperseribu satuan: 3 dokumen = 3000."))
    amount: str | None
    minutes: int | None
    state: Coded
    submitted_at: datetime
    decided_at: datetime | None
    decided_by: Named | None
    note: str | None
    file_count: int
    version: int
    moves: list[str] = Field(description=_("Yang dapat dilakukan pemilik token sekarang: resubmit, withdraw."))
    page: str


class EntryPage(Page):
    items: list[EntryOut]


class PurposeOut(Schema):
    """What an entry can count for: an indicator, a task or a result of the lender's own plan."""

    key: str
    title: str
    unit_label: str | None
    result: Worded


class PurposeList(Schema):
    day: date
    items: list[PurposeOut]


class MeasureOut(Schema):
    """A key indicator of the government on a day; values are thousandths of the unit."""

    id: int
    text: str
    goal: Worded
    unit: Named
    unit_label: str
    direction: Coded
    outcome: bool
    measure: str | None = Field(description=_("Kode ukuran Terang bila dibaca langsung; null bila dilaporkan tangan."))
    value_milli: int | None
    value_day: date | None
    target_milli: int | None
    due_milli: int | None
    state: Coded
    page: str


class MeasurePage(Page):
    on: date
    items: list[MeasureOut]


class RequestOut(Schema):
    """A request for a service. Nothing about who asked."""

    id: int
    number: str
    service: Named
    unit: Named
    officer: Named | None
    channel: Coded
    state: Coded
    received_at: datetime
    due_at: datetime | None
    completed_at: datetime | None
    overdue: bool
    page: str


class RequestPage(Page):
    items: list[RequestOut]


Quantity = Annotated[
    int,
    Field(ge=0, le=10**12, description=_("Seperseribu satuan; tanpa ini tidak dihitung ke angka mana pun.")),
    BeforeValidator(_whole),
]
Minutes = Annotated[int, Field(ge=1, le=1440), BeforeValidator(_whole)]
Version = Annotated[int, Field(ge=0, le=LARGEST), BeforeValidator(_whole)]
EntryText = Annotated[str, Field(min_length=1, max_length=500, pattern=TEXT)]
PurposeKey = Annotated[str, Field(pattern=r"^[irt][1-9][0-9]{0,17}$", description=_("Kunci dari GET purposes."))]


class EntryIn(Taken):
    """A day's activity to be written for the lender."""

    day: Day
    purpose: PurposeKey
    text: EntryText
    quantity_milli: Quantity | None = None
    minutes: Minutes | None = None
    sure: bool = Field(False, description=_("true bila jumlah yang jauh di luar kebiasaan memang benar."))


class CorrectionIn(Taken):
    """A returned entry, corrected; what is left out stays as it was."""

    version: Version
    text: EntryText
    quantity_milli: Quantity
    purpose: PurposeKey | None = None
    day: Day | None = None
    minutes: Minutes | None = None
    sure: bool = False


class VersionIn(Taken):
    version: Version


def coded(choice: Any) -> Coded:
    """A member of one of our enums."""
    return Coded(code=str(choice.value), text=str(choice.label))


def named(row: Any) -> Named:
    return Named(id=row.pk, name=row.name)


def worded(row: Any) -> Worded:
    return Worded(id=row.pk, text=row.text)


def is_known(day: date) -> bool:
    """Whether anything can be known of a day: of others nothing is asked of the rooms."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
