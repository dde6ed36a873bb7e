"""Handbooks speak of what is there: pages exist, words are those of the screens, every door of the menu has help."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override

from terang.reporting.boards.context import DOORS
from terang.reporting.handbook.books import books, help_for, own_books

QUOTED = re.compile(r"“([^”]+)”")
SECTIONS = [(book, section) for book in books().values() for section in book.sections]
NAMES = [f"{book.code}-{section.code}" for book, section in SECTIONS]


@pytest.mark.parametrize(("book", "section"), SECTIONS, ids=NAMES)
def test_a_section_has_its_page_and_says_the_same_in_both_languages(book, section):
    assert reverse(section.page)
    assert len(section.text) == len(section.text_en)
    for text, text_en in zip(section.text, section.text_en, strict=True):
        with override("en"):
            wanted = [gettext(word) for word in QUOTED.findall(text)]
        assert QUOTED.findall(text_en) == wanted


def test_codes_are_unique_and_pictures_are_there():
    assert len(set(NAMES)) == len(NAMES)
    missing = [f"{book.code}-{section.code}" for book, section in SECTIONS if not book.picture(section)]
    assert missing == []


def test_wherever_the_menu_leads_a_handbook_helps():
    rooms = {section.page.partition(":")[0] for _book, section in SECTIONS}
    assert {door.name for door in DOORS if door.name.partition(":")[0] not in rooms} == WITHOUT_HELP


WITHOUT_HELP = {
    "custody:rules",
    "dictionary:entries",
    "explainers:shelf",
    "goals:tree",
    "matrix:own",
    "observation:mine",
    "privacy:register",
    "replay:list",
    "signals:list",
}
"""Doors whose pages explain themselves."""


def test_help_is_that_of_the_nearest_role_and_of_the_room_else(cast):
    def section(name, page):
        found = help_for(cast.viewer(name) if name else None, page)
        return found and (found[0].code, found[1].code)

    assert section("hendra", "work:queue") == ("atasan", "antrean")
    assert section("andi", "work:queue") == ("pegawai", "kegiatan")
    assert section("maya", "evaluation:policy") == ("kepegawaian", "kebijakan")
    assert section("", "complaints:start") == ("warga", "pengaduan")
    assert section("", "accounts:profile") is None
    assert [book.code for book in own_books(cast.viewer("lina"))] == ["pegawai"]


def test_everybody_reads_and_help_costs_no_query(client, sign_in):
    assert client.get(reverse("handbook:shelf")).status_code == 200
    assert client.get(reverse("handbook:book", args=["tidak-ada"])).status_code == 404
    page = client.get(reverse("handbook:book", args=["warga"])).content.decode()
    assert 'id="pengaduan"' in page
    assert reverse("complaints:start") in page
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("handbook:book", args=["pegawai"]))
    assert len(asked) == 0
    shelf = sign_in("andi").get(reverse("handbook:shelf")).content.decode()
    assert shelf.index("/bantuan/pegawai/") < shelf.index("Peran lain")
    assert "/bantuan/pegawai/#kegiatan" in sign_in("andi").get(reverse("work:entries")).content.decode()
    others = sign_in("lina").get(reverse("handbook:book", args=["kepegawaian"])).content.decode()
    assert reverse("interchange:people") not in others
