"""Where one observation stands, what comes next and for whom."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.observation.access import may_arrange, may_decide, observes
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.selectors import Follower, own_sheet
from terang.evidence.observation.services.deciding import may_contest
from terang.evidence.observation.states import has_begun
from terang.registry.people.viewer import Viewer
from terang.web.numbers import longdate

S = ObservationState


@dataclass(frozen=True)
class Action:
    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True)
class Next:
    """What comes next in a sentence, and what the viewer may do; `kind` is quiet or attention."""

    words: str
    actions: tuple[Action, ...] = ()
    kind: str = "quiet"


def steps(observation: Observation) -> tuple[list[str], int]:
    """The way of an observation and where it is, counted from 1."""
    two = len(observation.sheets.all()) > 1
    names = [gettext("Rencana"), gettext("Kesepakatan"), gettext("Pengamatan")]
    names += [gettext("Nilai bersama")] if two else []
    names += [gettext("Umpan balik"), gettext("Refleksi")]
    last = len(names)
    at = {S.PLANNED: 2, S.AGREED: 3, S.MARKED: 4, S.SETTLED: last - 1}
    return names, at.get(S(observation.state), last)


def next_step(viewer: Viewer, row: Observation, beside: Follower) -> Next:
    """The next step for the viewer. At most seven queries."""
    match row.state:
        case S.PLANNED:
            return _planned(viewer, row)
        case S.AGREED:
            return _agreed(viewer, row)
        case S.MARKED:
            return _marked(viewer, row)
        case S.SETTLED:
            return _settled(viewer, row)
        case S.TOLD:
            return _told(viewer, row)
        case S.CONTESTED:
            return _contested(viewer, row)
        case S.FINISHED:
            return _finished(viewer, row, beside)
        case _:
            return Next(row.reason)


def _to(name: str, row: Observation) -> str:
    return reverse(f"observation:{name}", args=[row.pk])


def _moving(viewer: Viewer, row: Observation) -> tuple[Action, ...]:
    """Another day, or none."""
    own, sees = viewer.employee.pk == row.employee_id, observes(viewer, row)
    arranges = not own and not sees and may_arrange(viewer, row.employee)
    if any(sheet.given_at for sheet in row.sheets.all()):
        return ()
    found = [Action(gettext("Pindahkan hari"), _to("reschedule", row))] if own or sees or arranges else []
    return (*found, *([Action(gettext("Batalkan"), _to("cancel", row))] if sees or arranges else []))


def _planned(viewer: Viewer, row: Observation) -> Next:
    moving = _moving(viewer, row)
    own = viewer.employee.pk == row.employee_id
    if not own and not observes(viewer, row):
        return Next(gettext("Menunggu yang diamati dan pengamatnya menyepakati tujuan."), moving)
    if row.day < viewer.today:
        return Next(gettext("Harinya sudah lewat. Pilih hari lain lebih dahulu."), moving, "attention")
    mine, theirs = row.observed_agreed_at, row.observer_agreed_at
    if not own:
        mine, theirs = theirs, mine
    edit = Action(gettext("Ubah tujuan"), _to("prepare", row))
    if theirs:
        agree = Action(gettext("Saya sepakat"), _to("agree", row), primary=True)
        return Next(gettext("Baca tujuannya, lalu sepakati."), (agree, edit, *moving), "attention")
    if mine:
        return Next(gettext("Menunggu pihak lain menyepakati."), (edit, *moving))
    if own or row.indicator:
        write = Action(gettext("Tulis tujuan"), _to("prepare", row), primary=True)
        words = gettext("Tulis apa yang ingin diperbaiki dan dilihat, sebelum hari observasi.")
        return Next(words, (write, *moving), "attention")
    return Next(gettext("Yang diamati memilih indikator dan menulis tujuannya dahulu."), moving)


def _agreed(viewer: Viewer, row: Observation) -> Next:
    sheet, moving = own_sheet(viewer, row), _moving(viewer, row)
    if row.day > viewer.today:
        words = gettext("Observasi berlangsung %(day)s.") % {"day": longdate(row.day)}
        return Next(words, (*moving, *_getting_on(viewer, row)))
    if sheet and sheet.given_at:
        words = gettext(
            "Lembar Anda sudah diserahkan. Menunggu pengamat lain; isinya terbuka setelah keduanya selesai."
        )
        return Next(words)
    if sheet:
        label = gettext("Lanjutkan lembar") if sheet.saved_at else gettext("Isi lembar pengamatan")
        fill = Action(label, reverse("observation:sheet", args=[sheet.pk]), primary=True)
        return Next(gettext("Isi lembar Anda sendiri saat mengamati."), (fill, *moving), "attention")
    return Next(gettext("Menunggu lembar dari pengamat."), (*moving, *_getting_on(viewer, row)))


def _getting_on(viewer: Viewer, row: Observation) -> tuple[Action, ...]:
    """Where who must mark or tell is not there any more: somebody else for an open sheet, or out with it."""
    if not may_decide(viewer, row):
        return ()
    out = (Action(gettext("Cabut observasi"), _to("withdraw", row)),) if has_begun(row) else ()
    if row.state != S.AGREED:
        return out
    return (Action(gettext("Ganti pengamat"), _to("replace", row)), *out)


def _marked(viewer: Viewer, row: Observation) -> Next:
    if not observes(viewer, row):
        return Next(gettext("Kedua pengamat membicarakan nilai bersama."), _getting_on(viewer, row))
    settle = Action(gettext("Tetapkan nilai bersama"), _to("settle", row), primary=True)
    return Next(gettext("Bandingkan kedua lembar, bicarakan yang berbeda, lalu tetapkan."), (settle,), "attention")


def _settled(viewer: Viewer, row: Observation) -> Next:
    if not observes(viewer, row):
        return Next(gettext("Menunggu umpan balik dari pengamat."), _getting_on(viewer, row))
    tell = Action(gettext("Beri umpan balik"), _to("tell", row), primary=True)
    again = (Action(gettext("Perbaiki nilai bersama"), _to("settle", row)),) if len(row.sheets.all()) > 1 else ()
    if row.day < viewer.today:
        words = gettext("Umpan balik sudah terlambat sejak %(day)s. Berikan sekarang.") % {"day": longdate(row.day)}
    else:
        words = gettext("Beri umpan balik hari ini juga, selagi masih segar.")
    return Next(words, (tell, *again), "attention")


def _told(viewer: Viewer, row: Observation) -> Next:
    due = {"day": longdate(row.contest_due_on)}
    if viewer.employee.pk != row.employee_id:
        if row.instrument.formative:
            return Next(gettext("Yang diamati membaca dan menanggapi."), _withdrawing(viewer, row))
        words = gettext("Menunggu diterima. Tanpa keberatan, dihitung sesudah %(day)s.") % due
        return Next(words, _withdrawing(viewer, row))
    accept = Action(gettext("Saya terima"), _to("accept", row), primary=True)
    contest = (Action(gettext("Minta pengamat lain"), _to("contest", row)),) if may_contest(row, viewer) else ()
    words = gettext("Baca umpan baliknya, tanggapi, dan tulis refleksi.")
    if contest:
        words += " " + gettext("Bila tidak sesuai, minta pengamat lain sampai %(day)s.") % due
    return Next(words, (accept, *_answers(row), *contest), "attention")


def _answers(row: Observation) -> tuple[Action, ...]:
    reply = () if row.replied_at else (Action(gettext("Tanggapi"), _to("reply", row)),)
    label = gettext("Perbarui refleksi") if row.reflected_at else gettext("Tulis refleksi")
    return (*reply, Action(label, _to("reflect", row)))


def _withdrawing(viewer: Viewer, row: Observation) -> tuple[Action, ...]:
    return (Action(gettext("Cabut observasi"), _to("withdraw", row)),) if may_decide(viewer, row) else ()


def _contested(viewer: Viewer, row: Observation) -> Next:
    if viewer.employee.pk == row.employee_id:
        back = Action(gettext("Tarik permintaan"), _to("uncontest", row))
        return Next(gettext("Menunggu pimpinan menunjuk pengamat lain. Sementara itu tidak dihitung."), (back,))
    if may_decide(viewer, row):
        renew = Action(gettext("Tunjuk pengamat lain"), _to("renew", row), primary=True)
        words = gettext("Yang diamati meminta pengamat lain. Sementara itu tidak dihitung.")
        return Next(words, (renew, *_withdrawing(viewer, row)), "attention")
    return Next(gettext("Menunggu pimpinan menunjuk pengamat lain. Sementara itu tidak dihitung."))


def _own_words(row: Observation, beside: Follower) -> str:
    """What the observed person does once it is finished: try, until something was tried and written down."""
    if not row.reflected_at:
        return gettext("Coba sasarannya, lalu tulis apa yang berubah.")
    if beside.second is None:
        return gettext("Refleksi Anda sudah tertulis. Observasi kedua memperlihatkan apa yang berubah.")
    return gettext("Observasi ini selesai.")


def _finished(viewer: Viewer, row: Observation, beside: Follower) -> Next:
    if viewer.employee.pk == row.employee_id:
        words = _own_words(row, beside)
        reflect = [Action(each.label, each.url, primary=not row.reflected_at) for each in _answers(row)[-1:]]
        return Next(words, (*_answers(row)[:-1], *reflect), "quiet")
    follows = observes(viewer, row) or may_arrange(viewer, row.employee)
    second: tuple[Action, ...] = ()
    if follows and beside.second is None:
        again = row.previous_id is not None
        label = gettext("Rencanakan observasi lanjutan") if again else gettext("Rencanakan observasi kedua")
        second = (Action(label, _to("follow", row), primary=True),)
    words = gettext("Observasi kedua memperlihatkan apa yang berubah.") if second else gettext("Observasi ini selesai.")
    return Next(words, (*second, *_withdrawing(viewer, row)))
