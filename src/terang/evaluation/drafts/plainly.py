"""What is wrong with a draft, for who has never seen its file: in percent, and where to mend it."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from terang.evaluation import wording
from terang.rules.catalogue import MEASURES
from terang.rules.policies import Problem
from terang.rules.policies.comparing import WHAT
from terang.rules.policies.problems import percent
from terang.rules.sentences import Sentence, mark
from terang.web.sentences import said


def named(problems: Sequence[Problem]) -> list[str]:
    """Problems of one step apart from its fields: each with the name of its field, what is missing in one line."""
    missing = [_field(each.path) for each in problems if each.kind == "missing"]
    told = [f"{_field(each.path)}: {plainly(each)}" for each in problems if each.kind != "missing"]
    lines = [_("belum diisi: %(names)s") % {"names": ", ".join(dict.fromkeys(missing))}] if missing else []
    return lines + [line.removeprefix(": ") for line in told]


def _field(path: str) -> str:
    """The name of the field at a path, as the comparison of policies calls it."""
    last = re.sub(r"\[\d+\]", "", path.rpartition(".")[2])
    words = WHAT | _LISTS
    return said(Sentence(words[last])) if last in words else ""


_LISTS = {
    "measures": mark("ukuran"),
    "instruments": mark("instrumen"),
    "scale_min": mark("skala"),
    "scale_max": mark("skala"),
}


def plainly(problem: Problem) -> str:
    """One problem as a sentence that says what to do."""
    told = problem.message.params
    match problem.kind:
        case "missing":
            return _("Belum diisi.")
        case "empty":
            return _("Masih kosong: tambahkan sekurang-kurangnya satu.")
        case "range":
            return _within(problem)
        case "sum":
            return _sum(said(str(told["what"])), _points(told["sum"]))
        case "reader_sum":
            return _sum(_("Porsi pembaca"), _points(told["sum"]))
        case "action_before_warning":
            days = {"days": wording.working_days(int(told["warning"]))}
            return _("Harus lebih lama daripada peringatan (%(days)s).") % days
        case "twice":
            name = wording.measure_label(str(told["code"])) if told["code"] in MEASURES else told["code"]
            return _("“%(name)s” sudah ada. Gabungkan, atau hapus satu.") % {"name": name}
        case "no_aspect":
            code = {"code": told["code"]}
            return _("Bagian “%(code)s” tidak ada pada setiap susunan. Pilih lagi, atau tambahkan bagiannya.") % code
        case kind:
            return _fixed().get(kind) or _as_it_is(problem)


def _fixed() -> dict[str, str]:
    """Faults whose words say no number and no name."""
    return {
        "thresholds": _("Batas “sesuai ekspektasi” harus lebih rendah daripada batas “di atas ekspektasi”."),
        "scale": _("Harus lebih besar daripada awal skala."),
        "no_subject": _("Yang dijaga tidak ada lagi dalam kebijakan ini. Pilih lagi."),
        "no_instrument": _(
            "Instrumen belum dipilih atau tidak ada. Pilih satu, atau tambahkan di langkah Instrumen dan skala."
        ),
        "disagreement": _(
            "Ukuran ini juga dipakai di tempat lain dengan jawaban paling sedikit atau pengaturan yang berbeda. "
            "Samakan keduanya: satu ukuran hanya punya satu nilai."
        ),
    }


def _as_it_is(problem: Problem) -> str:
    text = f"{said(problem.message)} {said(problem.hint)}".strip()
    return text[:1].upper() + text[1:]


def _within(problem: Problem) -> str:
    low, high = (int(problem.hint.params[name]) for name in ("low", "high"))
    if problem.path.endswith("_bp"):
        limits = {"low": said(percent(low)), "high": said(percent(high))}
        return _("Di luar batas: isi dengan %(low)s sampai %(high)s.") % limits
    return _("Di luar batas: isi dengan %(low)s sampai %(high)s.") % {"low": low, "high": high}


def _sum(what: str, total_bp: int) -> str:
    gap = 10_000 - total_bp
    told = {"what": what, "sum": said(percent(total_bp)), "gap": said(percent(abs(gap)))}
    if gap > 0:
        return _("%(what)s berjumlah %(sum)s, masih kurang %(gap)s.") % told
    return _("%(what)s berjumlah %(sum)s, kelebihan %(gap)s.") % told


def _points(sentence: object) -> int:
    assert isinstance(sentence, Sentence)
    return int(sentence.params["points"])
