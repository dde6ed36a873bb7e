"""The file of a dictionary: what is right is read whole, what is wrong is told all at once with its place."""

import pytest

from terang.planning.dictionary.loading import PRESETS, DictionaryError, preset_text, read_dictionary
from terang.rules.plans.wording import absolute_words, wording_hint

ENTRY = """
[[entries]]
code = "ktp-tepat-waktu"
family = "dukcapil"
result = "KTP selesai sesuai janji"
indicator = "Persentase KTP selesai dalam standar waktu"
unit = "%"
aspect = "waktu"
gathering = "latest"
target = 92.5
definition = "Selesai dalam standar dibagi seluruh yang selesai."
measure = "service_timeliness"
guard = "reopened_cases"
"""
FILE = f'title = "Kamus"\n{ENTRY}'


def problems(text, known=()):
    with pytest.raises(DictionaryError) as caught:
        read_dictionary(text, known)
    return {problem.path: str(problem.message) for problem in caught.value.problems}


def test_an_entry_is_read_with_exact_quantities():
    (entry,) = read_dictionary(FILE).entries
    assert (entry.code, entry.family, entry.target_milli, entry.direction) == (
        "ktp-tepat-waktu",
        "dukcapil",
        92_500,
        "higher",
    )


@pytest.mark.parametrize("code", PRESETS)
def test_every_government_has_a_dictionary_of_15_to_25_measurable_entries(code):
    entries = read_dictionary(preset_text(code)).entries
    assert 15 <= len(entries) <= 25
    assert all(entry.target_milli is not None and entry.definition and entry.source for entry in entries)
    assert all(entry.guard for entry in entries if entry.measure)
    assert any(entry.measure for entry in entries)


@pytest.mark.parametrize("code", PRESETS)
def test_presets_name_results_and_leave_room_in_their_targets(code):
    for entry in read_dictionary(preset_text(code)).entries:
        assert wording_hint(entry.result) is None, entry.result
        assert absolute_words(entry.text) == absolute_words(entry.example) == "", entry.code


def test_every_problem_is_told_at_once_with_its_place():
    text = FILE.replace('unit = "%"\n', "").replace("reopened_cases", "reopened_case").replace("92.5", '"92"')
    assert problems(f"{text}warna = 1\n") == {
        "entries[0].unit": "belum diisi.",
        "entries[0].target": "harus angka.",
        "entries[0].warna": "kunci ini tidak dikenal.",
        "entries[0].guard": "penjaga “reopened_case” tidak dikenal.",
    }


def test_a_measure_without_a_guard_is_refused():
    found = problems(FILE.replace('guard = "reopened_cases"\n', ""))
    assert list(found) == ["entries[0].guard"]
    assert "tunjangan" in found["entries[0].guard"]


@pytest.mark.parametrize("itself", ["ktp-tepat-waktu", "service_timeliness"])
def test_nothing_guards_itself(itself):
    found = problems(FILE.replace('"reopened_cases"', f'"{itself}"'))
    assert found == {"entries[0].guard": "sama dengan yang dijaga."}


def test_another_entry_may_guard_from_the_file_or_kept_before():
    guarded = FILE.replace('"reopened_cases"', '"mutu-berkas"')
    assert problems(guarded) == {"entries[0].guard": "penjaga “mutu-berkas” tidak dikenal."}
    assert read_dictionary(guarded, ["mutu-berkas"]).entries[0].guard == "mutu-berkas"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("ktp-tepat-waktu", "KTP cepat"), "code"),
        (("ktp-tepat-waktu", "punctuality"), "code"),
        (('"dukcapil"', '"Dukcapil Kota"'), "family"),
        (("92.5", "-1"), "target"),
        (("92.5", "1.23456"), "target"),
        (("92.5", "nan"), "target"),
        (("92.5", "true"), "target"),
        (("target = 92.5", "target = 92\ntarget_max = 90"), "target_max"),
        (('"waktu"', '"warna"'), "aspect"),
        (('"service_timeliness"', '"kilat"'), "measure"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(change, place):
    assert f"entries[0].{place}" in problems(FILE.replace(*change))


def test_a_range_needs_its_upper_end():
    ranged = FILE.replace('aspect = "waktu"', 'aspect = "waktu"\ndirection = "range"')
    assert list(problems(ranged)) == ["entries[0].target_max"]
    assert read_dictionary(ranged.replace("92.5", "90\ntarget_max = 95")).entries[0].target_max_milli == 95_000


def test_a_code_twice_and_broken_toml_are_told():
    assert problems(FILE + ENTRY) == {
        "entries[0].code": "kode “ktp-tepat-waktu” dipakai dua kali.",
        "entries[1].code": "kode “ktp-tepat-waktu” dipakai dua kali.",
    }
    assert list(problems('title = "Kamus')) == ["berkas"]
    assert list(problems('title = "Kamus"')) == ["entries"]
