"""Makes what governments did with the answers: periods, published results, repairs, and a kiosk at each counter."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from terang.demo.blueprint import UnitSpec
from terang.demo.scene import Person, Scene
from terang.evidence.citizens.models import FollowUp, Kiosk, SurveyPeriod, SurveyResult
from terang.evidence.citizens.models.survey_periods import ActionState, SurveyKind
from terang.evidence.citizens.services.survey_periods import freeze, period_end
from terang.evidence.citizens.survey_figures import figures_of
from terang.evidence.citizens.survey_repairs import REPAIRS
from terang.registry.people.models import Role, RoleGrant

ENDED = 3
"""Quarters that are over and published, beside the running one."""
PUBLISHED_AFTER = timedelta(days=9)
REPAIRED_WITHIN = timedelta(days=75)
ACTIONS = {
    "syarat": "Tulis ulang daftar persyaratan dengan contoh dokumen, lalu pasang di pintu masuk",
    "prosedur": "Gambarkan alur layanan satu halaman dan pangkas satu meja pemeriksaan",
    "waktu": "Tambah satu loket pada pukul 08.00–10.00, saat antrean paling panjang",
    "biaya": "Pasang papan “gratis” di setiap loket dan larang perantara di ruang tunggu",
    "produk": "Periksa ulang dokumen di depan warga sebelum diserahkan",
    "kompetensi": "Latih petugas baru dua hari bersama petugas yang paling lancar",
    "perilaku": "Bahas sapaan dan penjelasan kepada warga pada apel setiap Senin",
    "pengaduan": "Jawab setiap pengaduan dalam lima hari kerja dan umumkan jawabannya setiap bulan",
    "sarana": "Tambah dua puluh kursi tunggu dan perbaiki penyejuk udara",
}
PROOFS = {
    "waktu": "Loket tambahan dibuka sejak dua bulan lalu; jadwal petugas terpasang di ruang kerja.",
    "pengaduan": "Rekap jawaban dua bulan terpasang di papan pengumuman.",
    "sarana": "Kursi sudah dipasang; berita acara penerimaan barang ada di bagian umum.",
}
DONE = "Sudah dikerjakan dan diperiksa bersama pengelola layanan."


def survey(scene: Scene) -> None:
    """For the government and each unit with services: ended quarters with results and repairs, and the running one."""
    _manager(scene)
    serving = [spec for spec in scene.specs if spec.services]
    Kiosk.objects.bulk_create([_kiosk(scene, spec) for spec in serving])
    quarters = _quarters(scene)
    for spec in [scene.specs[0], *serving]:
        for place, start in enumerate(quarters):
            _quarter(scene, spec, serving, start, newest=place == len(quarters) - 2)


def _manager(scene: Scene) -> None:
    """The secretariat (Bagian Organisasi) keeps the survey of the whole government."""
    person = scene.people.get("secretariat/head")
    if person:
        RoleGrant.objects.create(
            employee=person.employee,
            role=Role.SERVICE_MANAGER,
            starts_on=scene.months[0].start,
            document="SK penunjukan demo",
        )


def _kiosk(scene: Scene, spec: UnitSpec) -> Kiosk:
    """Nobody knows its token: a new one is registered on screen."""
    head = scene.head_of(spec.key) or next(iter(scene.people.values()))
    key = f"kios:{scene.code}:{spec.key}"
    return Kiosk(
        unit=scene.units[spec.key],
        name="Loket 1",
        token_hash=hashlib.sha256(key.encode()).hexdigest(),
        registered_by=head.employee,
        registered_at=_at(scene, scene.months[0].start),
    )


def _quarters(scene: Scene) -> list[date]:
    """The first days of the last ended quarters with evidence in every month, and of the running one."""
    index = (scene.today.year * 12 + scene.today.month - 1) // 3
    starts = [date(n * 3 // 12, n * 3 % 12 + 1, 1) for n in range(index - ENDED, index + 1)]
    return [start for start in starts if start >= scene.months[0].start]


def _quarter(scene: Scene, spec: UnitSpec, serving: list[UnitSpec], start: date, *, newest: bool) -> None:
    end = period_end(SurveyKind.QUARTER, start)
    period = SurveyPeriod.objects.create(
        unit=scene.units[spec.key],
        kind=SurveyKind.QUARTER,
        starts_on=start,
        ends_on=end,
        opened_at=_at(scene, start),
    )
    figures = figures_of(period, scene.today)
    published = end + PUBLISHED_AFTER
    if published > scene.today or figures["index"] is None:
        return
    keeper = scene.people.get("secretariat/head") if spec.parent is None else scene.head_of(spec.key)
    result = freeze(period, figures, by=keeper.employee if keeper else None, at=_at(scene, published))
    owner = scene.head_of(spec.key if spec.services else serving[0].parent or serving[0].key)
    if owner:
        FollowUp.objects.bulk_create(_actions(scene, period, result, owner, newest=newest))


def _actions(
    scene: Scene, period: SurveyPeriod, result: SurveyResult, owner: Person, *, newest: bool
) -> Iterator[FollowUp]:
    """Of the newest result the first action runs and the others wait; those before are done."""
    due = period.ends_on + REPAIRED_WITHIN
    for place, element in enumerate(result.figures["weakest"]):
        state = ActionState.DONE
        if newest:
            state = ActionState.RUNNING if place == 0 else ActionState.PLANNED
        key = hashlib.sha256(f"tindakan:{scene.code}:{period.pk}:{element}".encode()).hexdigest()
        yield FollowUp(
            period=period,
            element=element,
            component=REPAIRS[element],
            action=ACTIONS[element],
            owner=owner.employee,
            due_on=due + timedelta(days=14 * place),
            state=state,
            proof=PROOFS.get(element, DONE) if state == ActionState.DONE else "",
            done_on=min(due, scene.today) if state == ActionState.DONE else None,
            form_key=UUID(key[:32]),
        )


def _at(scene: Scene, day: date) -> datetime:
    return datetime.combine(day, time(9), ZoneInfo(scene.agency.time_zone))
