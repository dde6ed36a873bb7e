"""The verbs of the dictionary: successes beside refusals."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from terang.audit.models import JournalEntry
from terang.planning.dictionary import services
from terang.planning.dictionary.drafts import EntryDraft
from terang.planning.dictionary.loading import DictionaryError, preset_text
from terang.planning.dictionary.models import DictionaryEntry
from terang.web.errors import NotAllowed, NotNow, Stale

SPEED = EntryDraft(
    code="ktp-hari",
    family="dukcapil",
    result="KTP selesai cepat",
    text="Waktu tengah penyelesaian KTP",
    unit_label="hari",
    definition="Nilai tengah hari kerja sampai KTP siap.",
    direction="lower",
    gathering="latest",
    target_milli=5_000,
    measure="service_speed",
    guard="reopened_cases",
)
QUALITY = EntryDraft(
    code="mutu-berkas",
    result="Berkas benar",
    text="Persentase berkas benar",
    unit_label="%",
    definition="Berkas benar dibagi berkas yang diperiksa.",
)


@pytest.fixture
def keeper(cast):
    return cast.viewer("maya")


def verbs():
    return [verb for verb in JournalEntry.objects.values_list("verb", flat=True) if verb.startswith("dictionary.")]


def test_an_entry_is_added_once_however_often_it_is_sent(keeper):
    first, again = (services.add_entry(actor=keeper, draft=SPEED) for _ in range(2))
    assert first == again
    assert verbs() == ["dictionary.entry_added"]
    with pytest.raises(ValidationError, match="sudah dipakai"):
        services.add_entry(actor=keeper, draft=replace(SPEED, text="Lain"))


@pytest.mark.parametrize("name", ["andi", "sri", "agus", "lina", "tono", "mayor"])
def test_others_may_not_keep_the_dictionary(cast, keeper, name):
    entry, viewer = services.add_entry(actor=keeper, draft=QUALITY), cast.viewer(name)
    with pytest.raises(NotAllowed):
        services.add_entry(actor=viewer, draft=SPEED)
    with pytest.raises(NotAllowed):
        services.change_entry(actor=viewer, entry=entry, seen=1, draft=replace(QUALITY, text="Lain"))
    with pytest.raises(NotAllowed):
        services.retire_entry(actor=viewer, entry=entry, seen=1, reason="Tidak perlu")
    with pytest.raises(NotAllowed):
        services.load_dictionary(agency=cast.agency, text=preset_text("palu"), actor=viewer)


def test_what_can_be_paid_needs_a_guard(keeper):
    with pytest.raises(ValidationError, match="tunjangan") as caught:
        services.add_entry(actor=keeper, draft=replace(SPEED, guard=""))
    assert list(caught.value.message_dict) == ["guard"]
    entry = services.add_entry(actor=keeper, draft=SPEED)
    with pytest.raises(ValidationError, match="tunjangan"):
        services.change_entry(actor=keeper, entry=entry, seen=1, draft=replace(SPEED, guard=""))
    entry.refresh_from_db()
    assert entry.guard == "reopened_cases"


def test_a_change_is_journaled_and_a_stale_page_refused(keeper):
    entry = services.add_entry(actor=keeper, draft=SPEED)
    draft = replace(SPEED, target_milli=4_000)
    services.change_entry(actor=keeper, entry=entry, seen=1, draft=draft)
    services.change_entry(actor=keeper, entry=entry, seen=1, draft=draft)
    entry.refresh_from_db()
    assert (entry.version, entry.target_milli) == (2, 4_000)
    told = JournalEntry.objects.filter(verb="dictionary.entry_changed")
    assert [each.changes for each in told] == [{"target_milli": [5_000, 4_000]}]
    with pytest.raises(Stale):
        services.change_entry(actor=keeper, entry=entry, seen=1, draft=replace(SPEED, target_milli=3_000))
    with pytest.raises(ValidationError, match="tidak dapat diubah"):
        services.change_entry(actor=keeper, entry=entry, seen=2, draft=replace(draft, code="lain"))


def test_a_guard_cannot_be_retired_while_it_guards(keeper):
    quality = services.add_entry(actor=keeper, draft=QUALITY)
    speed = services.add_entry(actor=keeper, draft=replace(SPEED, guard="mutu-berkas"))
    with pytest.raises(NotNow, match="menjaga"):
        services.retire_entry(actor=keeper, entry=quality, seen=1, reason="Tidak dipakai")
    with pytest.raises(ValidationError, match="alasannya"):
        services.retire_entry(actor=keeper, entry=speed, seen=1, reason=" ")
    services.retire_entry(actor=keeper, entry=speed, seen=1, reason="Diganti")
    services.retire_entry(actor=keeper, entry=quality, seen=1, reason="Tidak dipakai")
    with pytest.raises(NotNow, match="Penjaga"):
        services.restore_entry(actor=keeper, entry=speed, seen=2)
    services.restore_entry(actor=keeper, entry=quality, seen=2)
    assert services.restore_entry(actor=keeper, entry=speed, seen=2).retired_on is None
    with pytest.raises(NotNow):
        services.change_entry(
            actor=keeper,
            entry=services.retire_entry(actor=keeper, entry=speed, seen=3, reason="Sudah"),
            seen=4,
            draft=replace(SPEED, text="Lain"),
        )


def test_a_file_is_loaded_whole_and_again_changes_nothing(cast):
    text = preset_text("makassar")
    first = services.load_dictionary(agency=cast.agency, text=text, actor=None)
    assert (first.added, first.changed, first.unchanged) == (DictionaryEntry.objects.count(), 0, 0)
    again = services.load_dictionary(agency=cast.agency, text=text, actor=None)
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    assert verbs() == ["dictionary.dictionary_loaded"]


def test_a_file_with_one_fault_leaves_everything_as_it_was(cast, keeper):
    services.add_entry(actor=keeper, draft=QUALITY)
    text = preset_text("palu").replace('guard = "quality_sample"', "", 1)
    with pytest.raises(DictionaryError):
        services.load_dictionary(agency=cast.agency, text=text, actor=keeper)
    assert [entry.text for entry in DictionaryEntry.objects.all()] == ["Persentase berkas benar"]
    loaded = services.load_dictionary(agency=cast.agency, text=preset_text("palu"), actor=keeper)
    assert (loaded.changed, DictionaryEntry.objects.get(code="mutu-berkas").version) == (1, 2)


def test_a_file_takes_a_retired_entry_up_again(cast, keeper):
    services.load_dictionary(agency=cast.agency, text=preset_text("palu"), actor=None)
    entry = DictionaryEntry.objects.get(code="sikap-petugas")
    services.retire_entry(actor=keeper, entry=entry, seen=1, reason="Dicoba")
    services.load_dictionary(agency=cast.agency, text=preset_text("palu"), actor=None)
    entry.refresh_from_db()
    assert entry.retired_on is None
