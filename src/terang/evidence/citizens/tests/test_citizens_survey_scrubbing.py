"""What is taken out of remarks, and the limits that are known."""

import pytest

from terang.web.scrubbing import scrub

STAFF = ("dr. Yuliana Mangge, M.Kes", "Budi Santoso", "Indah Lestari", "Moh. Rizal Lamakampali", "Siti Rahma")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ibu Yuliana sabar sekali", "Ibu [nama] sabar sekali"),
        ("yuliana mangge lambat", "[nama] lambat"),
        ("SITI RAHMA ramah", "[nama] ramah"),
        ("Petugas bernama Rizal Lamakampali.", "Petugas bernama [nama]."),
        ("pak budi dan bu siti", "pak budi dan bu [nama]"),
        ("Pak Budi membantu", "Pak [nama] membantu"),
        ("Terima kasih dr. Tirta", "Terima kasih dr. [nama]"),
        ("Bu Ndah baik", "Bu [nama] baik"),
        ("NIP 19850101 201001 1 001 tidak melayani", "NIP [nomor] tidak melayani"),
        ("NIK saya 7371010101900001", "NIK saya [nomor]"),
        ("WA +62 812-3456-7890 ya", "WA [nomor] ya"),
        ("tulis ke warga@contoh.id", "tulis ke [surel]"),
    ],
)
def test_names_numbers_and_addresses_are_taken_out(written, kept):
    assert scrub(written, STAFF) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Antre 45 menit di loket 3, biaya Rp50.000",
        "Ruang tunggunya indah dan bersih",
        "petugas Loket 2 ramah",
        "Buka pukul 08.00 sampai 12.00 tanggal 3-11-2026",
        "Pak RT saya bilang gratis",
        "",
    ],
)
def test_what_is_about_the_service_stays(text):
    assert scrub(text, STAFF) == text.replace("Pak RT", "Pak [nama]")


@pytest.mark.parametrize(
    "text", ["yg berkumis di loket 3 kasar", "mas budd lambat", "Yulyana baik", "si ndut jutek", "budi ramah"]
)
def test_the_limits_are_known(text):
    """Descriptions, misspelt names, nicknames in small letters, and a name that is a word too stay: therefore remarks
    are read in groups only, and the manager may hide one."""
    assert scrub(text, STAFF) == text


def test_scrubbing_twice_changes_nothing_more():
    once = scrub("Pak Budi Santoso, 081234567890, a@b.id", STAFF)
    assert scrub(once, STAFF) == once == "Pak [nama], [nomor], [surel]"


def test_text_without_staff_still_loses_numbers():
    assert scrub("hubungi 08123456789") == "hubungi [nomor]"
