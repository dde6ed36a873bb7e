"""Indonesian sentences that no translation can reach are found, and nothing else is."""

from pathlib import Path

from terang.web.unmarked import UNSEEN_BY_SCREENS, in_module, unmarked_sentences

MODULE = '''
"""Berkas ini tidak dibaca."""
A = "Berkas tidak dikenal."
B = f"Isi {A} dengan angka."
C = _("Berkas belum diisi.") % {"a": 1}
D = Sentence("NIP harus %(n)s angka.", {"n": n})
E = translation.ngettext("%(n)s yang salah", "%(n)s yang salah", n)
logger.warning("Tugas yang tertinggal: %s", n)
F = models.DateField("berakhir (tidak termasuk)")
G = path("akun/tidak-aktif/")
H = models.TextChoices.label("sudah ada")
I = Sentence("Kolom ganda.", {"why": "harus satu saja"})
'''


def test_plain_sentences_are_found_with_their_lines() -> None:
    assert sorted(in_module(MODULE)) == [
        (3, "Berkas tidak dikenal."),
        (4, " dengan angka."),
        (11, "sudah ada"),
        (12, "harus satu saja"),
    ]


def test_a_folder_is_searched_without_its_tests(tmp_path: Path) -> None:
    for place in ("room/views.py", "room/tests/test_room.py", "cli/room.py"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text('A = "Berkas tidak ada."\n')
    assert unmarked_sentences(tmp_path) == ["room/views.py:1: 'Berkas tidak ada.'"]


def test_what_is_let_pass_exists_and_has_a_reason() -> None:
    source = Path(__file__).resolve().parents[2]
    assert [place for place, reason in UNSEEN_BY_SCREENS.items() if not reason or not (source / place).exists()] == []
