"""Hints while an entry is typed: each mistake is named at its field, and good entries stay quiet."""

from datetime import date, timedelta

import pytest

from terang.rules.work.hints import Known, Reached, Typed, doubt, hints, plain

TODAY = date(2026, 11, 24)
GOOD = "Menerbitkan 12 KTP-el warga Tallo"


def known(**fields) -> Known:
    return Known(**({"first": date(2026, 9, 23), "last": TODAY, "counts": True} | fields))


def typed(**fields) -> Typed:
    return Typed(**({"day": TODAY, "text": GOOD, "quantity_milli": 12_000, "minutes": 60} | fields))


def told(typed_: Typed, known_: Known) -> list[tuple[str, bool, str]]:
    return [(hint.place, hint.fault, str(hint.sentence)) for hint in hints(typed_, known_)]


def test_a_good_entry_is_left_in_peace() -> None:
    assert (
        told(
            typed(),
            known(usual_milli=10_000, reached=Reached(60_000, 10_000, 10_000), said={TODAY: frozenset({"lain"})}),
        )
        == []
    )


def test_an_empty_form_is_left_in_peace() -> None:
    assert told(Typed(None, "", None, None), known()) == []


@pytest.mark.parametrize("text", ["rapat", "Mengikuti rapat koordinasi", "Apel pagi bersama pimpinan"[:9], "PIKET"])
def test_a_text_of_activities_alone_asks_for_the_result(text: str) -> None:
    [(place, fault, sentence)] = told(typed(text=text), known())
    assert (place, fault) == ("text", False)
    assert "hasilnya" in sentence


def test_a_meeting_with_its_result_is_left_in_peace() -> None:
    assert told(typed(text="Rapat koordinasi: notula dikirim ke 6 bidang"), known()) == []


def test_two_words_ask_for_more() -> None:
    assert told(typed(text="Input data"), known())[0][0] == "text"


@pytest.mark.parametrize(("days_back", "words"), [(0, "sudah Anda catat"), (1, "sama"), (3, "sama")])
def test_the_same_text_again_is_noticed(days_back: int, words: str) -> None:
    said = {TODAY - timedelta(days=days_back): frozenset({plain("menerbitkan 12 ktp el, warga TALLO!")})}
    [(place, _fault, sentence)] = told(typed(), known(said=said))
    assert place == "text"
    assert words in sentence


def test_the_same_text_a_week_ago_is_nothing() -> None:
    assert told(typed(), known(said={TODAY - timedelta(days=7): frozenset({plain(GOOD)})})) == []


@pytest.mark.parametrize(
    ("milli", "fields", "words"),
    [
        (100_000, {"usual_milli": 10_000}, "Biasanya sekitar 10."),
        (25_000, {"usual_milli": 2_500}, "Biasanya sekitar 2,5."),
        (12_000, {"reached": Reached(10_000, 5_000, 0)}, "Sisa target tinggal 5."),
        (12_000, {"reached": Reached(10_000, 11_000, 0)}, "Target ini sudah tercapai: diterima 11 dari 10."),
        (12_000, {"reached": Reached(10_000, 10_000, 2_000)}, "Diterima 10, menunggu 2 dari target 10."),
        (12_000, {"reached": Reached(10_000, 1_000, 12_000)}, "Diterima 1, menunggu 12 dari target 10."),
        (0, {}, "Nol tidak menambah"),
    ],
)
def test_an_odd_quantity_is_asked_about(milli: int, fields: dict, words: str) -> None:
    [(place, fault, sentence)] = told(typed(quantity_milli=milli), known(**fields))
    assert (place, fault) == ("quantity", False)
    assert sentence.startswith(words)


@pytest.mark.parametrize("milli", [99_999, 12_000, None])
def test_a_usual_quantity_is_left_in_peace(milli: int | None) -> None:
    assert told(typed(quantity_milli=milli), known(usual_milli=10_000)) == []


@pytest.mark.parametrize(
    ("day", "fields", "fault", "words"),
    [
        (TODAY + timedelta(days=1), {}, True, "belum tiba"),
        (date(2026, 9, 22), {}, True, "terlalu lama"),
        (TODAY, {"away": "cuti tahunan"}, False, "Anda tercatat cuti tahunan pada tanggal ini."),
        (TODAY, {"rest": True}, False, "bukan hari kerja"),
    ],
)
def test_an_odd_day_is_named(day: date, fields: dict, fault: bool, words: str) -> None:
    [(place, found, sentence)] = told(typed(day=day), known(**fields))
    assert (place, found) == ("day", fault)
    assert words in sentence


def test_more_minutes_than_a_day_has_are_refused() -> None:
    assert [(place, fault) for place, fault, _ in told(typed(minutes=1_441), known())] == [("minutes", True)]
    assert told(typed(minutes=1_440), known()) == []


@pytest.mark.parametrize(
    ("milli", "usual", "target", "words"),
    [
        (200_000, 2_000, None, "Jumlah ini 100 kali biasanya (sekitar 2). Benar?"),
        (20_000, 2_000, 120_000, "Jumlah ini 10 kali biasanya (sekitar 2). Benar?"),
        (600_000, None, 120_000, "Jumlah ini jauh melebihi seluruh target, yaitu 120. Benar?"),
        (19_999, 2_000, 1_000, ""),
        (599_999, None, 120_000, ""),
        (999_000, None, None, ""),
        (999_000, None, 0, ""),
    ],
)
def test_what_is_far_outside_the_usual_is_asked_at_sending(milli, usual, target, words) -> None:
    assert (doubt(milli, usual, target) or "") == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rest": True, "holiday": "Natal"}, "Hari libur: Natal."),
        ({"rest": True}, "Tanggal ini bukan hari kerja."),
        ({"late_days": 12}, "Terlambat 12 hari kerja."),
    ],
)
def test_a_day_off_and_a_late_one_are_said_and_stop_nobody(fields: dict, words: str) -> None:
    [(place, fault, sentence)] = told(typed(day=TODAY - timedelta(days=20)), known(**fields))
    assert (place, fault) == ("day", False)
    assert sentence.startswith(words)
