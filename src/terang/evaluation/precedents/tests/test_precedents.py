"""Decisions told without names: who tells, who reads, and that no name is left."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evaluation.precedents.models import Precedent
from terang.evaluation.precedents.services import Words, publish_precedent, withdraw_precedent
from terang.evaluation.precedents.tests.conftest import WORDS
from terang.evaluation.precedents.wording import without_names
from terang.web.errors import NotAllowed, NotNow, Stale


def tell(cast, objection, words=WORDS, version=0):
    return publish_precedent(actor=cast.viewer("maya"), objection=objection, words=words, version=version)


def test_what_is_told_carries_the_decision_and_nobodys_name(cast, objected):
    made = tell(cast, objected())
    assert (made.outcome, made.before, made.after, made.year) == ("berubah", "butuh_perbaikan", "baik", 2026)
    entry = JournalEntry.objects.get(verb="precedents.published")
    assert entry.subject_employee_id is None
    assert "Andi" not in f"{entry.changes} {entry.reason}"


def test_the_form_begins_with_words_without_names_numbers_and_units(cast, objected, sign_in):
    page = sign_in("maya").get(reverse("precedents:write", args=[objected().pk])).content.decode()
    form = page[page.index("<textarea") :]
    for name in ("Andi", "Pratama", "Hendra", "199203172019031004", "Bidang Pelayanan Pendaftaran"):
        assert name not in form
    assert "libur daerah bukan alpa" in form


@pytest.mark.parametrize("name", ["Andi Pratama", "hendra", "Sri Wahyuni", "bidang pelayanan pendaftaran penduduk"])
def test_a_name_that_is_left_is_refused_beside_its_field(cast, objected, name):
    objection = objected()
    with pytest.raises(ValidationError) as refused:
        tell(cast, objection, Words("kehadiran", f"Menyangkut {name}.", "Diubah."))
    assert list(refused.value.message_dict) == ["question"]
    assert not Precedent.objects.exists()


def test_names_go_whatever_their_case_and_words_that_only_look_alike_stay(objected):
    assert without_names(objected(), "ANDI hadir; andil semua sama.") == "[nama] hadir; andil semua sama."


def test_nothing_is_told_before_the_decision_nor_with_empty_fields(cast, objected):
    with pytest.raises(NotNow):
        tell(cast, objected(month=9, outcome="", predicate=""))
    with pytest.raises(ValidationError) as refused:
        tell(cast, objected(), Words("", " ", ""))
    assert set(refused.value.message_dict) == {"topic", "question", "answer"}


def test_pressed_twice_it_is_told_once_and_another_page_is_told_not_written_over(cast, objected):
    objection = objected()
    first = tell(cast, objection)
    tell(cast, objection)
    with pytest.raises(Stale):
        tell(cast, objection, Words("lain", "Lain sekali.", "Lain."))
    first.refresh_from_db()
    assert Precedent.objects.get().question == WORDS.question
    assert tell(cast, objection, Words("lain", "Lain sekali.", "Lain."), version=first.version).topic == "lain"


@pytest.mark.parametrize("name", ["andi", "hendra", "sri", "agus", "lina", "mayor", "tono"])
def test_only_the_personnel_agency_tells_and_withdraws(cast, objected, name):
    objection = objected()
    with pytest.raises(NotAllowed):
        publish_precedent(actor=cast.viewer(name), objection=objection, words=WORDS, version=0)
    made = tell(cast, objection)
    with pytest.raises(NotAllowed):
        withdraw_precedent(actor=cast.viewer(name), precedent=made, version=made.version)


def test_everybody_searches_and_a_withdrawn_one_is_for_personnel_only(cast, objected, sign_in):
    made = tell(cast, objected())
    joko = sign_in("joko")
    assert WORDS.question in joko.get(reverse("precedents:list"), {"q": "libur"}).content.decode()
    assert WORDS.question not in joko.get(reverse("precedents:list"), {"q": "telat"}).content.decode()
    page = joko.get(made.get_absolute_url()).content.decode()
    assert "Predikat dari Butuh Perbaikan menjadi Baik" in page
    assert "Andi" not in page
    sign_in("maya").post(reverse("precedents:withdraw", args=[made.pk]), {"version": made.version})
    joko = sign_in("joko")
    assert WORDS.question not in joko.get(reverse("precedents:list")).content.decode()
    assert joko.get(made.get_absolute_url()).status_code == 404
    assert sign_in("maya").get(made.get_absolute_url()).status_code == 200


def test_a_refused_form_keeps_what_was_typed(cast, objected, sign_in):
    told = {"version": 0, "topic": "lain", "question": "Tentang Andi Pratama.", "answer": "Sudah benar."}
    page = sign_in("maya").post(reverse("precedents:write", args=[objected().pk]), told)
    assert page.status_code == 422
    assert "Tanpa itu bunyinya" in page.content.decode()
    assert "Tentang Andi Pratama." in page.content.decode()


def test_the_lists_ask_the_same_number_of_questions_for_one_and_for_many(cast, objected, sign_in):
    client = sign_in("maya")
    tell(cast, objected(1))
    counts = []
    for months in ((), range(2, 11)):
        for month in months:
            tell(cast, objected(month))
        for name in ("list", "decided"):
            client.get(reverse(f"precedents:{name}"))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(f"precedents:{name}"))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
