"""NIP: the 18-digit number of a civil servant, checked by its structure.

Structure (Peraturan Kepala BKN 22/2007 for PNS; the same length for PPPK): birth date yyyymmdd, month of appointment
yyyymm (for PPPK the year followed by 21, the code of a work agreement), sex 1 or 2, serial number of three digits.
"""

from datetime import date

from terang.rules.sentences import Sentence, SentenceError

PPPK_MONTH_CODE = "21"


class InvalidNip(SentenceError, ValueError):
    """The text is no NIP; the sentence says which part is wrong and what to do."""


def check_nip(text: str) -> str:
    """The NIP without surrounding space; raises `InvalidNip` for anything else than a well-formed one."""
    nip = text.strip()
    if not (nip.isascii() and nip.isdigit()):
        raise InvalidNip(
            Sentence("NIP hanya berisi angka, tanpa spasi, titik, atau huruf. Simpan kolom NIP sebagai teks.")
        )
    if len(nip) != 18:
        raise InvalidNip(Sentence("NIP harus 18 angka; yang tertulis %(length)s angka.", {"length": len(nip)}))
    try:
        birth = date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        sentence = Sentence("Angka 1–8 NIP harus tanggal lahir (tttt-bb-hh), bukan %(digits)s.", {"digits": nip[:8]})
        raise InvalidNip(sentence) from None
    _check_appointment(birth.year, int(nip[8:12]), nip[12:14])
    if nip[14] not in "12":
        raise InvalidNip(
            Sentence("Angka ke-15 NIP harus 1 (laki-laki) atau 2 (perempuan), bukan %(digit)s.", {"digit": nip[14]})
        )
    if nip[15:] == "000":
        raise InvalidNip(Sentence("Tiga angka terakhir NIP adalah nomor urut dan tidak boleh 000."))
    return nip


def _check_appointment(born: int, year: int, month: str) -> None:
    if month != PPPK_MONTH_CODE and not 1 <= int(month) <= 12:
        raise InvalidNip(
            Sentence(
                "Angka 13–14 NIP harus bulan pengangkatan 01–12, atau 21 untuk PPPK, bukan %(month)s.",
                {"month": month},
            )
        )
    if not born + 16 <= year <= born + 70:
        raise InvalidNip(
            Sentence(
                "Tahun pengangkatan %(year)s tidak cocok dengan tahun lahir %(born)s. Periksa kembali NIP.",
                {"year": year, "born": born},
            )
        )


def birth_date(nip: str) -> date | None:
    """None where the number holds no date."""
    try:
        return date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return None
