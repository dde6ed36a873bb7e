"""Takes names and numbers out of what citizens write, so that praise and blame stay about the service.

Pure. What it cannot do: a nickname in small letters, a misspelt name, or a description ("yang berkumis di loket 3")
stays. Officers therefore read remarks only in groups, and the manager may hide one.
"""

import re
from collections.abc import Collection, Iterable

NAME, NUMBER, MAIL, CONTACT = "[nama]", "[nomor]", "[surel]", "[kontak]"

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[ .\-/()]{0,2}\d){7,}(?!\w)")
"""Eight digits and more, however they are grouped: NIK, NIP, telephones. Shorter ones are queue numbers and prices."""

_TITLES = (
    "bapak bpk pak ibu bu mas mbak kak kakak bang abang daeng dokter dr drg bidan suster ners saudara saudari sdr sdri "
    "petugas pegawai"
)
_CALLED = re.compile(rf"(?<!\w)((?i:{'|'.join(_TITLES.split())})\.?)(\s+)([A-Z][\w'’-]*)")
_NOT_NAMES = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "itu",
        "ini",
        "sangat",
        "ramah",
        "baik",
        "kurang",
        "lebih",
        "sudah",
        "tidak",
        "loket",
        "kantor",
        "puskesmas",
        "dinas",
        "kelurahan",
        "layanan",
        "pelayanan",
        "pendaftaran",
        "dukcapil",
        "kepala",
        "pimpinan",
        "admin",
    ]
)
_ORDINARY = frozenset(
    [
        "indah",
        "baik",
        "sari",
        "budi",
        "setia",
        "cahaya",
        "bulan",
        "mawar",
        "melati",
        "agung",
        "adil",
        "jaya",
        "ramah",
        "sabar",
        "murni",
        "suci",
        "bagus",
        "bahagia",
        "mulia",
        "cantik",
        "harum",
        "sejahtera",
        "lestari",
        "fajar",
        "surya",
        "bintang",
        "permata",
        "mega",
        "utama",
        "muda",
        "tua",
        "besar",
        "kecil",
    ]
)
"""Parts of names that are words too: taken out only where they are written with a capital or after a title."""


def scrub(text: str, names: Iterable[str] = ()) -> str:
    """`text` without e-mail addresses, numbers of eight digits and more, the `names` given (whole or in parts of three
    letters and more, whatever the case), and capitalised words after "Pak", "Bu", "dr." and the like."""
    cleaned = _without_names(_NUMBER.sub(NUMBER, _MAIL.sub(MAIL, text)), names)
    return _gathered(_CALLED.sub(_called, cleaned))


def scrub_person(text: str, name: str, left: str, told: Iterable[str]) -> str:
    """`text` without one person and with everybody else in it: without the `name` (as `scrub`), without the contact the
    person `left` as it was written, and without those e-mail addresses and numbers of eight digits and more, however
    they are grouped, that stand in `left` or in what the person `told`."""
    known = {_plain(found) for each in (left, *told) for found in _marks(each)}
    cleaned = re.sub(re.escape(left.strip()), CONTACT, text, flags=re.IGNORECASE) if len(left.strip()) > 3 else text
    cleaned = _without_marks(_without_marks(cleaned, _MAIL, MAIL, known), _NUMBER, NUMBER, known)
    return _gathered(_without_names(cleaned, [name]))


def _without_marks(text: str, pattern: re.Pattern[str], sign: str, known: Collection[str]) -> str:
    def one(found: re.Match[str]) -> str:
        return sign if _plain(found.group()) in known else found.group()

    return pattern.sub(one, text)


def _marks(text: str) -> list[str]:
    return [found.group() for pattern in (_MAIL, _NUMBER) for found in pattern.finditer(text)]


def _plain(mark: str) -> str:
    """An address in small letters; a number as its digits, a telephone without its country."""
    if "@" in mark:
        return mark.casefold()
    digits = re.sub(r"\D", "", mark)
    return f"0{digits[2:]}" if digits.startswith("62") and len(digits) < 16 else digits


def _without_names(text: str, names: Iterable[str]) -> str:
    parts = {part for name in names for part in _parts(name)}
    if not parts:
        return text
    known = "|".join(sorted(map(re.escape, parts), key=len, reverse=True))
    return re.sub(rf"(?<![\w\[])({known})(?!\w)", _named, text, flags=re.IGNORECASE)


def _gathered(text: str) -> str:
    """A name of several words stands as one sign."""
    return re.sub(r"\[nama\](?:[\s.,]*\[nama\])+", NAME, text)


def _parts(name: str) -> Iterable[str]:
    """The words of a name that tell who it is; titles and initials tell nothing."""
    plain = name.split(",")[0]
    return (part for part in re.findall(r"[^\W\d_]{3,}", plain) if part.casefold() not in {"dra", "drs", "apt", "haji"})


def _named(found: re.Match[str]) -> str:
    word = found.group(0)
    return word if word.islower() and word in _ORDINARY else NAME


def _called(found: re.Match[str]) -> str:
    title, gap, word = found.groups()
    return found.group(0) if word.casefold() in _NOT_NAMES else f"{title}{gap}{NAME}"
