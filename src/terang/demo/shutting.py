"""Makes a closed period: the last one that has ended, frozen and checked, with its papers in the queue."""

from uuid import NAMESPACE_OID, uuid5

from django.utils import timezone

from terang.demo.scene import Scene
from terang.evaluation.closing.services import ask_closing, ask_documents, check_run, freeze
from terang.evaluation.models import Period
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.viewer import viewer_for

REASON = "Penilai yang diam sudah dua kali diingatkan; yang tersisa dinilai pada evaluasi tahunan."


def shut(scene: Scene) -> None:
    """Nothing where the government's file does not say `closes`."""
    period = Period.objects.filter(agency=scene.agency, ends_on__lte=scene.today).order_by("-starts_on").first()
    keeper = RoleGrant.objects.filter(role=Role.PERSONNEL, employee__agency=scene.agency).order_by("pk")[0].employee
    if period is None or keeper.user is None or not scene.facts.get("closes"):
        return
    viewer = viewer_for(keeper.user, timezone.now())
    run = ask_closing(
        actor=viewer,
        period=period,
        basis=f"Berita acara penutupan {period.name}",
        reason=REASON,
        form_key=uuid5(NAMESPACE_OID, f"{scene.agency.code}:closing"),
    )
    freeze(run.pk)
    check_run(run.pk)
    ask_documents(actor=viewer, closing=run)
