"""Names of ranks (pangkat) by their class (golongan ruang), PP 99/2000 on promotion, annex I."""

_FAMILIES = {
    "I": ("Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I"),
    "II": ("Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I"),
    "III": ("Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I"),
    "IV": ("Pembina", "Pembina Tingkat I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama"),
}
_RANKS = {
    f"{group}/{letter}": name
    for group, names in _FAMILIES.items()
    for letter, name in zip("abcde", names, strict=False)
}


def rank_label(rank: str) -> str:
    """ "III/c" → "Penata, III/c"; PPPK have a class alone ("VII"), and what is not known stays as it is."""
    name = _RANKS.get(rank)
    return f"{name}, {rank}" if name else rank
