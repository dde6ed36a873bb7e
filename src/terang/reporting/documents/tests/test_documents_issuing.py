"""Issuing: once, for those who may see the plan, told by a code that says nothing private."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pypdfium2
import pytest
from django.core.cache import cache
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.cast import NOW, TODAY, ZONE

from terang.audit.models import JournalEntry
from terang.custody.vault import path_of
from terang.planning.matrix.models import Matrix, MatrixCell, MatrixColumn, MatrixMember
from terang.planning.plans.models import PlanVersion, VersionState
from terang.planning.plans.services import agree, open_change, open_plan, submit, write_document
from terang.registry.people.models import Assignment
from terang.reporting.documents import limits, selectors
from terang.reporting.documents.codes import ALPHABET, new_code, read_code, shown_code
from terang.reporting.documents.facts import plan_occasion
from terang.reporting.documents.models import Document, Kind
from terang.reporting.documents.ranks import rank_label
from terang.reporting.documents.services import bytes_of, draw_draft, issue_matrix, issue_plan
from terang.rules.plans import Manual, PlanDocument, PlannedIndicator, PlannedResult
from terang.web.errors import NotNow

CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
RESULT = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,))
DOCUMENT = PlanDocument(results=(RESULT,))
YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


def begun(cast, document=DOCUMENT, who="andi"):
    return open_plan(actor=cast.viewer(who), employee=cast.people[who], document=document, **YEAR)


def agreed(cast, document=DOCUMENT, who="andi"):
    version = begun(cast, document, who)
    version = submit(actor=cast.viewer(who), version=version, seen=version.version)
    return agree(actor=cast.viewer("hendra"), version=version, seen=version.version)


def changed(cast, version):
    """A second agreed version of the same plan."""
    second = open_change(actor=cast.viewer("andi"), plan=version.plan, reason="Target naik")
    higher = replace(RESULT, indicators=(replace(CARDS, target_milli=1_000_000),))
    second = write_document(
        actor=cast.viewer("andi"), version=second, seen=second.version, document=PlanDocument(results=(higher,))
    )
    second = submit(actor=cast.viewer("andi"), version=second, seen=second.version)
    return agree(actor=cast.viewer("hendra"), version=second, seen=second.version)


def words_of(content):
    pdf = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def test_an_agreed_plan_is_issued_once(cast):
    version = agreed(cast)
    first = issue_plan(version=version, kind=Kind.WHOLE)
    again = issue_plan(version=version, kind=Kind.WHOLE)
    assert first.pk == again.pk
    content = bytes_of(first)
    assert hashlib.sha256(content).hexdigest() == first.sha256
    assert (first.formats, first.source_digest, first.year) == ("A.1.7, A.1.8", version.digest, 2026)
    words = words_of(content)
    assert f"Kode {shown_code(first.code)}" in words
    assert "Andi Pratama" in words
    assert "Hendra Saputra" in words
    assert "960 dokumen" in words
    assert "LAMPIRAN SASARAN KINERJA PEGAWAI" in words
    assert JournalEntry.objects.filter(verb="documents.issued").count() == 1


def test_a_lost_file_is_told_and_not_made_anew(cast, sign_in):
    version = agreed(cast)
    issued = issue_plan(version=version, kind=Kind.WHOLE)
    path_of(issued.sha256).unlink()
    answer = sign_in("andi").get(reverse("documents:plan", args=[version.pk]))
    assert answer.status_code == 409
    assert "hilang dari penyimpanan" in answer.content.decode()


def test_a_draft_is_drawn_but_not_issued(cast):
    version = begun(cast)
    words = words_of(draw_draft(version, Kind.PLAN))
    assert "DRAF, belum disepakati" in words
    with pytest.raises(NotNow):
        issue_plan(version=version, kind=Kind.PLAN)
    assert not Document.objects.exists()


def test_a_plan_without_manuals_has_no_manual_to_print(cast):
    with pytest.raises(NotNow, match="manual"):
        issue_plan(version=agreed(cast), kind=Kind.MANUAL)


def test_a_manual_is_part_of_the_whole(cast):
    told = replace(RESULT, indicators=(replace(CARDS, manual=Manual(purpose="Tahu berapa", level="outcome")),))
    issued = issue_plan(version=agreed(cast, PlanDocument(results=(told,))), kind=Kind.WHOLE)
    assert issued.formats == "A.1.7, A.1.8, A.1.3"
    assert "MANUAL INDIKATOR KINERJA" in words_of(bytes_of(issued))


def test_the_form_names_who_agreed_where_and_when(cast):
    version = agreed(cast)
    occasion = plan_occasion(version)
    assert (occasion.place, occasion.day, occasion.mark) == ("Terang", version.agreed_at.astimezone(ZONE).date(), "")
    assert (occasion.employee.post, occasion.employee.unit) == (
        "Operator Layanan Operasional",
        "Bidang Pelayanan Pendaftaran Penduduk",
    )
    assert occasion.appraiser.name == "Hendra Saputra"


def test_an_elected_head_has_no_nip_on_the_form(cast):
    version = open_plan(actor=cast.viewer("sri"), employee=cast.sri, document=DOCUMENT, **YEAR)
    occasion = plan_occasion(version)
    assert (occasion.appraiser.name, occasion.appraiser.nip) == ("Ratna Dewanti", "")
    assert occasion.employee.nip == cast.sri.nip


@pytest.mark.parametrize(
    ("rank", "label"), [("III/c", "Penata, III/c"), ("IV/e", "Pembina Utama, IV/e"), ("VII", "VII"), ("", "")]
)
def test_ranks_have_names(rank, label):
    assert rank_label(rank) == label


def test_the_plan_opens_for_who_may_see_it_and_nobody_else(cast, sign_in):
    version = agreed(cast)
    address = reverse("documents:plan", args=[version.pk])
    shown = sign_in("hendra").get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown.content.startswith(b"%PDF-")
    assert sign_in("rina").get(address).status_code == 403
    assert sign_in("andi").get(f"{address}?jenis=tidak-ada").status_code == 404


def test_the_page_of_forms_lists_codes_once_issued(cast, sign_in):
    version = agreed(cast)
    client, address = sign_in("andi"), reverse("documents:version", args=[version.pk])
    assert "terbit saat dibuka" in client.get(address).content.decode()
    issued = issue_plan(version=version, kind=Kind.PLAN)
    assert shown_code(issued.code) in client.get(address).content.decode()


def test_the_workbook_holds_text_only(cast, sign_in):
    sly = replace(RESULT, text="=HYPERLINK(1)")
    version = agreed(cast, PlanDocument(results=(sly,)))
    answer = sign_in("andi").get(reverse("documents:plan_xlsx", args=[version.pk]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    cells = [cell for row in rows for cell in row if cell != ""]
    assert all(isinstance(cell, str) for cell in cells)
    assert cast.andi.nip in cells
    assert "=HYPERLINK(1)" in cells
    assert "960\u00a0dokumen" in cells
    assert cells.index("A. UTAMA") < cells.index("B. TAMBAHAN") < cells.index("PERILAKU KERJA")


def test_codes_are_short_unguessable_and_read_as_people_type_them():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 10 and set(code) <= set(ALPHABET) for code in codes)
    assert read_code("k7qf2-m9xab") == "K7QF2M9XAB"
    assert read_code(" il0oO ") == "11000"


def test_the_public_page_tells_what_it_is_and_nothing_private(cast, client):
    version = agreed(cast)
    issued = issue_plan(version=version, kind=Kind.WHOLE)
    answer = client.get(reverse("documents:verify", args=[shown_code(issued.code).lower()]))
    page = answer.content.decode()
    assert answer.status_code == 200
    for told in (
        "SKP lengkap",
        "Pemerintah Kota Terang",
        "2026",
        issued.sha256,
        version.digest[:12],
        "masih yang terbaru",
    ):
        assert told in page, told
    for private in ("Andi", cast.andi.nip, "Hendra", cast.hendra.nip, "KTP", "960", "Operator", "Bidang"):
        assert private not in page, private


def test_a_later_agreement_supersedes(cast, client):
    first = agreed(cast)
    issued = issue_plan(version=first, kind=Kind.PLAN)
    address = reverse("documents:verify", args=[issued.code])
    changed(cast, first)
    assert "digantikan oleh versi 2" in client.get(address).content.decode()
    assert bytes_of(issued), "the old one stays as it was"


def test_an_unknown_code_is_answered_kindly_and_not_for_ever(cast, client, monkeypatch):
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_000.0))  # no window ends meanwhile
    for _ in range(30):
        assert client.get(reverse("documents:verify", args=["AAAAAAAAAA"])).status_code == 404
    issued = issue_plan(version=agreed(cast), kind=Kind.PLAN)
    assert client.get(reverse("documents:verify", args=[issued.code])).status_code == 429


def test_a_code_can_be_typed(cast, client):
    assert client.get(reverse("documents:find")).status_code == 200
    answer = client.get(reverse("documents:find"), {"kode": "k7qf2-m9xab"})
    assert answer.url == reverse("documents:verify", args=["K7QF2M9XAB"])


def _matrix(cast):
    matrix = Matrix.objects.create(owner=cast.hendra, unit=cast.units["register"], **YEAR)
    column = MatrixColumn.objects.create(
        matrix=matrix, number=1, text="KTP terbit", target_milli=960_000, unit_label="dokumen"
    )
    member = MatrixMember.objects.create(matrix=matrix, employee=cast.andi)
    MatrixCell.objects.create(column=column, member=member, text="Loket buka tiap hari", strategy="layanan")
    return matrix


def test_a_matrix_is_issued_by_its_content(cast, client):
    matrix = _matrix(cast)
    first = issue_matrix(matrix=matrix, kind=Kind.MATRIX)
    assert issue_matrix(matrix=matrix, kind=Kind.MATRIX).pk == first.pk
    words = words_of(bytes_of(first))
    assert "MATRIKS PEMBAGIAN PERAN DAN HASIL" in words
    assert "Loket buka tiap hari" in words
    page = reverse("documents:verify", args=[first.code])
    assert "masih yang terbaru" in client.get(page).content.decode()
    MatrixCell.objects.update(text="Loket buka sampai sore")
    cache.clear()
    assert "sudah berubah" in client.get(page).content.decode()
    assert issue_matrix(matrix=matrix, kind=Kind.MATRIX).pk != first.pk


def test_a_workblock_prints_what_there_is(cast, sign_in):
    matrix = _matrix(cast)
    address = reverse("documents:matrix", args=[matrix.pk])
    answer = sign_in("hendra").get(f"{address}?jenis=workblock")
    words = words_of(answer.content)
    assert "KTP terbit: 960 dokumen" in words
    assert "1. Loket buka tiap hari" in words
    assert sign_in("joko").get(address).status_code == 403


@pytest.mark.parametrize("kind", [Kind.MATRIX, Kind.WORKBLOCK])
def test_a_matrix_is_a_workbook_too(cast, sign_in, kind):
    matrix = _matrix(cast)
    address = reverse("documents:matrix_xlsx", args=[matrix.pk]) + f"?jenis={kind}"
    answer = sign_in("hendra").get(address)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    text = "\n".join(str(cell) for row in rows for cell in row)
    cell = MatrixCell.objects.filter(column__matrix=matrix).select_related("column", "member__employee").first()
    assert all(word in text for word in (cell.text, cell.column.text, cell.member.employee.name))
    assert sign_in("siti").get(address).status_code == 403


def test_a_matrix_without_heads_cannot_be_printed(cast):
    matrix = Matrix.objects.create(owner=cast.hendra, unit=cast.units["register"], **YEAR)
    with pytest.raises(NotNow):
        issue_matrix(matrix=matrix, kind=Kind.MATRIX)


def test_an_auditor_reads_and_issues_nothing(cast, sign_in):
    version = agreed(cast)
    assert sign_in("lina").get(reverse("documents:plan", args=[version.pk])).status_code == 200
    matrix = reverse("documents:matrix", args=[_matrix(cast).pk])
    assert sign_in("lina").get(matrix).status_code in (200, 403)
    assert not JournalEntry.objects.filter(verb__startswith="documents.", actor_id=cast.lina.user.pk).exists()
    assert JournalEntry.objects.filter(verb="documents.issued", actor_id=None).exists()


@pytest.mark.parametrize(("kind", "printed"), [("plh", "Plh. "), ("plt", "Plt. ")])
def test_who_agrees_for_the_head_is_named_in_that_capacity(cast, kind, printed):
    head = cast.posts["register_head"]
    if kind == "plt":
        Assignment.objects.filter(post=head).update(ends_on=TODAY)
    Assignment.objects.create(
        employee=cast.rina,
        post=head,
        kind=kind,
        starts_on=TODAY - timedelta(days=1),
        ends_on=TODAY + timedelta(days=9),
        document="SPT 7/2026",
    )
    version = begun(cast)
    version = submit(actor=cast.viewer("andi"), version=version, seen=version.version)
    version = agree(actor=cast.viewer("rina"), version=version, seen=version.version)
    appraiser = plan_occasion(version).appraiser
    assert (appraiser.name, appraiser.nip) == ("Rina Marlina", cast.rina.nip)
    assert (appraiser.post, appraiser.unit) == (printed + head.title, head.unit.name)


def test_the_superior_who_agrees_is_named_on_the_own_post(cast):
    version = begun(cast)
    version = submit(actor=cast.viewer("andi"), version=version, seen=version.version)
    PlanVersion.objects.update(agreed_by=cast.sri, agreed_at=NOW, state=VersionState.AGREED)
    version = PlanVersion.objects.select_related("agreed_by", "plan__employee__agency").get()
    assert plan_occasion(version).appraiser.post == "Kepala Dinas"


def test_the_day_of_issue_is_the_day_where_the_government_is(cast, client):
    issued = issue_plan(version=agreed(cast), kind=Kind.PLAN)
    Document.objects.update(issued_at=datetime(2026, 11, 23, 23, tzinfo=UTC))
    page = client.get(reverse("documents:verify", args=[issued.code])).content.decode()
    assert "24 November 2026" in page


def test_a_matrix_is_not_drawn_anew_for_every_visitor(cast, client, monkeypatch):
    issued = issue_matrix(matrix=_matrix(cast), kind=Kind.MATRIX)
    drawn = []
    monkeypatch.setattr(selectors, "matrix_digest", lambda *_: drawn.append(1) or issued.source_digest)
    for _ in range(3):
        client.get(reverse("documents:verify", args=[issued.code]))
    assert len(drawn) == 1


def test_known_codes_are_not_answered_without_end(cast, client, monkeypatch):
    monkeypatch.setattr(limits, "MOST_ASKED", 2)
    page = reverse("documents:verify", args=[issue_plan(version=agreed(cast), kind=Kind.PLAN).code])
    assert [client.get(page).status_code for _ in range(3)] == [200, 200, 429]
