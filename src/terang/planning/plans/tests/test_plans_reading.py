"""Pages around a plan: reading, talking, answering, comparing; who may, who may not, and stale pages."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cast import make_cast

from terang.planning.plans.comparing import compare
from terang.planning.plans.models import PlanComment, PlanVersion, VersionState
from terang.planning.plans.services import agree, open_change, open_plan, submit, write_document
from terang.registry.people.viewer import viewer_for
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, Resource, from_json

CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
CARD = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,))
FILES = PlannedResult("r2", "Arsip tertata", main=False, indicators=(replace(CARDS, key="i2"),))
DOCUMENT = PlanDocument(results=(CARD, FILES))


@pytest.fixture
def cast(db):
    return make_cast()


def viewer(cast, name):
    return viewer_for(cast.people[name].user, timezone.now())


def browser(cast, name):
    client = Client()
    client.force_login(cast.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def begun(cast, document=DOCUMENT, name="andi"):
    year = timezone.localdate().year
    span = {"period_start": date(year, 1, 1), "period_end": date(year + 1, 1, 1)}
    return open_plan(actor=viewer(cast, name), employee=cast.people[name], document=document, **span)


def submitted(cast, document=DOCUMENT, name="andi"):
    version = begun(cast, document, name)
    return submit(actor=viewer(cast, name), version=version, seen=version.version)


def agreed(cast, document=DOCUMENT):
    version = submitted(cast, document)
    return agree(actor=viewer(cast, "hendra"), version=version, seen=version.version)


def late(version):
    PlanVersion.objects.filter(pk=version.pk).update(answer_due=timezone.localdate() - timedelta(days=1))


def page(cast, name, version, address="version"):
    answer = browser(cast, name).get(reverse(f"plans:{address}", args=[version.pk]))
    return answer, answer.content.decode()


def post(cast, name, shown, address, **data):
    return browser(cast, name).post(reverse(f"plans:{address}", args=[shown.pk]), data)


def test_the_appraiser_reads_and_agrees(cast):
    version = submitted(cast)
    answer, text = page(cast, "hendra", version)
    assert answer.status_code == 200
    assert "KTP terbit tepat waktu" in text
    assert "Menunggu jawaban Hendra Saputra." in text
    assert reverse("plans:agree", args=[version.pk]) in text
    assert post(cast, "hendra", version, "agree", version=version.version).status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.AGREED


def test_who_only_reads_gets_no_buttons_and_strangers_nothing(cast):
    version = submitted(cast)
    for name, status in (("andi", 200), ("sri", 200), ("maya", 200), ("agus", 200), ("rina", 403), ("tono", 403)):
        answer, text = page(cast, name, version)
        assert answer.status_code == status, name
        assert reverse("plans:agree", args=[version.pk]) not in text
        assert (reverse("plans:comment", args=[version.pk]) in text) == (name == "andi")
        assert post(cast, name, version, "agree", version=version.version).status_code == 403
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


def test_the_superior_answers_instead_once_it_is_late(cast):
    version = submitted(cast)
    late(version)
    _answer, text = page(cast, "sri", version)
    assert "menjawab menggantikan Hendra Saputra" in text
    assert "Sri Wahyuni sebagai atasannya" in text
    assert "Atasan Anda sekarang juga dapat menjawab" in page(cast, "hendra", version)[1]
    assert post(cast, "sri", version, "agree", version=version.version).status_code == 302
    assert "atasan penilai" in page(cast, "andi", version)[1]


def test_a_stale_page_changes_nothing(cast):
    version = submitted(cast)
    for address in ("agree", "give_back", "decide"):
        data = {"version": version.version - 1, "form_key": str(uuid.uuid4()), "text": "Bahas target"}
        data |= {"approach": "kualitatif", "main_r1": "utama", "main_r2": "utama"}
        assert post(cast, "hendra", version, address, **data).status_code == 409, address
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED
    assert not PlanComment.objects.exists(), "the comment goes with the step it was written for"


def test_comments_stand_at_their_row_and_twice_is_once(cast):
    version, key = submitted(cast), str(uuid.uuid4())
    for _twice in range(2):
        answer = post(cast, "hendra", version, "comment", row_key="r1", text="Per bulan berapa?", form_key=key)
        assert answer.headers["Location"].endswith("#baris-r1")
    assert PlanComment.objects.get().row_key == "r1"
    assert "Per bulan berapa?" in page(cast, "andi", version)[1]
    assert post(cast, "hendra", version, "comment", row_key="r1", text="", form_key=key).status_code == 422
    assert post(cast, "sri", version, "comment", row_key="", text="Halo", form_key=uuid.uuid4()).status_code == 403


def test_it_goes_back_with_a_comment_in_one_step(cast):
    version = submitted(cast)
    data = {"version": version.version, "form_key": str(uuid.uuid4()), "text": ""}
    assert post(cast, "hendra", version, "give_back", **data).status_code == 409
    assert post(cast, "hendra", version, "give_back", **data | {"text": "Target terlalu rendah"}).status_code == 302
    version.refresh_from_db()
    assert (version.state, version.comments.get().text) == (VersionState.DISCUSSED, "Target terlalu rendah")
    assert "Menunggu Andi Pratama menanggapi" in page(cast, "hendra", version)[1]


def test_the_leader_decides_on_a_page_of_its_own(cast):
    version = submitted(cast)
    assert page(cast, "hendra", version, "decide")[0].status_code == 200
    assert page(cast, "andi", version, "decide")[0].status_code == 403
    data = {"version": version.version, "approach": "kualitatif", "main_r1": "utama", "main_r2": "utama"}
    assert post(cast, "hendra", version, "decide", **data, hope_BP="Sapa lebih dulu").status_code == 302
    version.refresh_from_db()
    document = from_json(version.document)
    assert (document.approach, document.behaviour) == ("kualitatif", {"BP": "Sapa lebih dulu"})
    wrong = data | {"version": version.version, "approach": "lain"}
    assert post(cast, "hendra", version, "decide", **wrong).status_code == 422


def test_work_of_another_leader_is_answered_at_its_row(cast):
    given = replace(FILES, assigned_by="Kepala Dinas Kesehatan", assigner_id=cast.bambang.pk)
    version = submitted(cast, PlanDocument(results=(CARD, given)))
    _answer, text = page(cast, "hendra", version)
    assert "1 penugasan dari pimpinan lain" in text
    assert reverse("plans:agree", args=[version.pk]) not in text, "first the assignment is answered"
    data = {"version": version.version, "row_key": "r2", "answer": "ya"}
    assert post(cast, "rina", version, "assignment", **data).status_code == 403
    assert post(cast, "hendra", version, "assignment", **data).status_code == 302
    assert reverse("plans:agree", args=[version.pk]) in page(cast, "hendra", version)[1]


def test_a_change_is_opened_with_a_reason_and_shown_beside_what_holds(cast):
    version = agreed(cast)
    assert post(cast, "hendra", version, "reopen", reason="").status_code == 422
    assert post(cast, "rina", version, "reopen", reason="x").status_code == 403
    answer = post(cast, "hendra", version, "reopen", reason="Blangko berkurang")
    change = PlanVersion.objects.get(number=2)
    assert answer.headers["Location"] == reverse("plans:version", args=[change.pk])
    assert "Versi 2 sedang dibicarakan" in page(cast, "andi", version)[1]
    assert "Blangko berkurang" in page(cast, "hendra", change)[1]
    assert post(cast, "andi", version, "reopen", reason="Lagi").status_code == 409


def test_two_versions_side_by_side(cast):
    version = agreed(cast)
    andi = viewer(cast, "andi")
    change = open_change(actor=andi, plan=version.plan, reason="Blangko berkurang")
    lower = replace(CARD, indicators=(replace(CARDS, target_milli=480_000),))
    other = PlanDocument(results=(lower, replace(FILES, key="r3", text="Antrean singkat")))
    write_document(actor=andi, version=change, seen=change.version, document=other)
    answer, text = page(cast, "hendra", change, "compare")
    assert answer.status_code == 200
    for words in ("ditambah", "dihapus", "diubah", "<del>960", "<ins>480", "Antrean singkat", "Arsip tertata"):
        assert words in text
    assert page(cast, "rina", change, "compare")[0].status_code == 403
    stranger = submitted(cast, name="rina")
    address = f"{reverse('plans:compare', args=[change.pk])}?dengan={stranger.pk}"
    assert browser(cast, "hendra").get(address).status_code == 404
    assert "Belum ada versi lain" in page(cast, "hendra", version, "compare")[1]


def test_every_changed_value_is_told_in_words(cast):
    changed = replace(
        CARD,
        main=False,
        level="kendali_tinggi",
        indicators=(replace(CARDS, aspects=("waktu",), direction="lower", target_max_milli=970_000, share_bp=5000),),
    )
    new = PlanDocument(
        approach="kualitatif",
        results=(changed, FILES),
        behaviour={"BP": "Sapa"},
        resources=(Resource("anggaran", "Blangko"),),
    )
    rows = compare(DOCUMENT, new)
    told = {(change.label, change.before, change.after) for row in rows for change in row.changes}
    assert ("Utama atau tambahan", "utama", "tambahan") in told
    assert ("Aspek", "Kuantitas", "Waktu") in told
    assert ("Arah", "makin tinggi makin baik", "makin rendah makin baik") in told
    assert ("Target", "960\u00a0dokumen", "960–970\u00a0dokumen") in told
    assert ("Dukungan sumber daya", "", "Anggaran: Blangko") in told
    assert ("Pendekatan", "Kuantitatif", "Kualitatif") in told
    assert [row.text for row in rows if row.part == "Perilaku kerja"] == ["Berorientasi Pelayanan"]
    assert compare(new, new) == ()


@pytest.mark.parametrize("many", [1, 50])
def test_a_page_costs_the_same_for_one_word_and_for_fifty(cast, many, django_assert_max_num_queries):
    version = submitted(cast)
    PlanComment.objects.bulk_create(
        PlanComment(
            plan_version=version,
            row_key="r1",
            author=cast.hendra,
            text=f"Komentar {number}",
            written_at=timezone.now(),
            form_key=uuid.uuid4(),
        )
        for number in range(many)
    )
    client = browser(cast, "hendra")
    client.get("/")
    with django_assert_max_num_queries(36):
        answer = client.get(reverse("plans:version", args=[version.pk]))
    assert answer.content.decode().count("Komentar ") >= many
