"""Makes a policy that waits for a second person: in Makassar service is to count more and discipline less from the
next year on; elsewhere nobody is writing."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from terang.demo.scene import Scene
from terang.evaluation.drafts.beginnings import from_version
from terang.evaluation.drafts.services import begin_draft, submit_draft
from terang.evaluation.selectors import policy_on
from terang.registry.organization.calendars import local_today
from terang.registry.people.viewer import viewer_for

WHERE, WRITER = "makassar", "personnel.performance/staff1"
WEIGHTS = {"layanan": 3500, "disiplin": 1500}
ACTION_DAYS = 8


def draft_policy(scene: Scene) -> None:
    """A draft begun from the version in force, handed in today."""
    person = scene.people.get(WRITER)
    version = policy_on(scene.agency.pk, scene.today)
    user = person.employee.user if person else None
    viewer = viewer_for(user, timezone.now()) if user else None
    if scene.code != WHERE or version is None or viewer is None:
        return
    document = from_version(version)
    aspects = [{**each, "weight_bp": WEIGHTS.get(each["code"], each["weight_bp"])} for each in document["aspects"]]
    year = max(scene.today, local_today(scene.agency)).year + 1
    said = document | {"aspects": aspects, "action_days": ACTION_DAYS, "valid_from": date(year, 1, 1)}
    key = uuid5(NAMESPACE_URL, f"policy-draft:{scene.code}")
    draft = begin_draft(actor=viewer, form_key=key, document=said, base=version)
    submit_draft(actor=viewer, draft=draft, seen=draft.version)
