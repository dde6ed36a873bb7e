"""Takes names and numbers out of what citizens write, so that praise and blame stay about the service.

Pure. What it cannot do: a nickname in small letters, a misspelt name, or a description ("yang berkumis di loket 3")
stays. Officers therefore read remarks only in groups, and the manager may hide one.
"""

import re
from collections.abc import Iterable

NAME, NUMBER, MAIL = "[nama]", "[nomor]", "[surel]"

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
    cleaned = _NUMBER.sub(NUMBER, _MAIL.sub(MAIL, text))
    parts = {part for name in names for part in _parts(name)}
    if parts:
        known = "|".join(sorted(map(re.escape, parts), key=len, reverse=True))
        cleaned = re.sub(rf"(?<![\w\[])({known})(?!\w)", _named, cleaned, flags=re.IGNORECASE)
    return re.sub(r"\[nama\](?:[\s.,]*\[nama\])+", NAME, _CALLED.sub(_called, cleaned))


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
