import gettext
from pathlib import Path

import pytest

from terang.web.catalogue import Key, Message, read_po, write_mo, write_po
from terang.web.extraction import extract, from_module, from_template, merged, missing_translations


def keys(messages) -> set[tuple[str, str, str]]:
    return {(m.key.context, m.key.text, m.plural) for m in messages}


def test_modules_give_literals_of_every_kind_and_nothing_else() -> None:
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Simpan")
B = ngettext("%(n)s orang", "%(n)s orang-orang", n)
C = pgettext("bulan", "Mei")
D = gettext("panjang " "sekali") % {"a": 1}
E = gettext(variable)
F = lain("bukan")
G = Sentence("%(n)s angka", {"n": "bukan"})
H = Sentence("")
"""
    assert keys(from_module(source, "a.py")) == {
        ("", "Simpan", ""),
        ("", "%(n)s orang", "%(n)s orang-orang"),
        ("bulan", "Mei", ""),
        ("", "panjang sekali", ""),
        ("", "%(n)s angka", ""),
    }


def test_templates_give_tags_blocks_and_arguments_of_other_tags() -> None:
    source = """<p title="{% translate 'Judul "dalam"' %}">gettext("bukan")</p>
{% blocktranslate with a=b %}Ada {{ a }} hal{% endblocktranslate %}
{% blocktranslate count n=x %}{{ n }} hari{% plural %}{{ n }} hari-hari{% endblocktranslate %}
{% translate "Mei" context "bulan" %}{% firstof x _("Cadangan") %}"""
    assert keys(from_template(source, "a.html")) == {
        ("", 'Judul "dalam"', ""),
        ("", "Ada %(a)s hal", ""),
        ("", "%(n)s hari", "%(n)s hari-hari"),
        ("bulan", "Mei", ""),
        ("", "Cadangan", ""),
    }


def sample() -> dict[Key, Message]:
    messages = [
        Message(Key("", 'Kata "kutip"\nbaris'), "", {"a.py"}, ['A "quoted"\nline']),
        Message(Key("bulan", "Mei"), "", {"b.py"}, ["May"]),
        Message(Key("", "%(n)s hari"), "%(n)s hari-hari", {"c.html"}, ["%(n)s day", "%(n)s days"]),
        Message(Key("", "Belum"), "", {"d.py"}, [""]),
    ]
    return {message.key: message for message in messages}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_po(tmp_path / "django.po", sample().values())
    again = read_po(tmp_path / "django.po")
    assert again == sample()
    before = (tmp_path / "django.po").read_bytes()
    write_po(tmp_path / "django.po", again.values())
    assert (tmp_path / "django.po").read_bytes() == before


def test_the_compiled_file_is_understood_by_gettext(tmp_path: Path) -> None:
    assert write_mo(tmp_path / "django.mo", sample()) == 3
    with (tmp_path / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext('Kata "kutip"\nbaris') == 'A "quoted"\nline'
    assert compiled.pgettext("bulan", "Mei") == "May"
    assert compiled.ngettext("%(n)s hari", "%(n)s hari-hari", 1) == "%(n)s day"
    assert compiled.ngettext("%(n)s hari", "%(n)s hari-hari", 5) == "%(n)s days"
    assert compiled.gettext("Belum") == "Belum"


def test_a_damaged_file_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "django.po").write_text('msgid "a"\nmsgstr "tidak ditutup\n')
    with pytest.raises(ValueError, match="tidak ditutup"):
        read_po(tmp_path / "django.po")


def test_missing_and_damaged_translations_are_named(tmp_path: Path) -> None:
    (tmp_path / "modul.py").write_text('_("Simpan")\n_("%(n)s baris")\n_("Batal")\n')
    english = tmp_path / "django.po"
    translated = [
        Message(Key("", "Batal"), translations=["Cancel"]),
        Message(Key("", "%(n)s baris"), translations=["%(m)s rows"]),
    ]
    write_po(english, translated)
    expected = ["modul.py: '%(n)s baris': %(m)s, %(n)s", "modul.py: 'Simpan'"]
    assert sorted(missing_translations(tmp_path, english)) == expected


def test_updating_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "modul.py").write_text('_("Simpan")\n')
    known = {
        Key("", word): Message(Key("", word), translations=[english])
        for word, english in [("Simpan", "Save"), ("Dulu", "Old")]
    }
    kept = merged(extract(tmp_path), known)
    assert {key.text: message.translations for key, message in kept.items()} == {"Simpan": ["Save"]}


def test_the_shell_itself_is_found_with_its_places() -> None:
    found = extract(Path(__file__).resolve().parents[1])
    assert "templates/web/_top.html" in found[Key("", "Keluar")].places
    assert "numbers.py" in found[Key("", "belum ada")].places


@pytest.mark.parametrize(
    ("text", "english", "faults"),
    [
        ("Naik %(n)s", "Up %(n)s", []),
        ("Naik %(n)s", "Up", ["%(n)s"]),
        ("Naik 95 %% atau %(n)s", "Up 95%% or %(n)s", []),
        ("Naik 95 % atau %(n)s", "Up 95%% or %(n)s", ["%"]),
        ("Naik 95 %% atau %(n)s", "Up 95 % or %(n)s", ["%"]),
        ("Naik 95 % saja", "Up 95 % only", []),
    ],
)
def test_a_translation_fills_in_what_the_text_does(text, english, faults) -> None:
    assert Message(Key("", text), translations=[english]).faults == faults
