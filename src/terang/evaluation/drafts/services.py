"""What happens to drafts. Each verb checks who may, whether it is allowed now, and writes one journal entry."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from terang.audit.services import record
from terang.evaluation.drafts.access import require_author, require_decider, require_writer
from terang.evaluation.drafts.beginnings import owned
from terang.evaluation.drafts.models import DraftState, PolicyDraft
from terang.evaluation.drafts.states import require_move
from terang.evaluation.drafts.validity import problems_with_day
from terang.evaluation.models import PolicyVersion
from terang.evaluation.selectors import versions_of
from terang.evaluation.services import publish_policy
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.policies import Document, PolicyError, document_of, load_document, read_toml, toml_text


@transaction.atomic
def begin_draft(*, actor: Viewer, form_key: UUID, document: Document, base: PolicyVersion | None = None) -> PolicyDraft:
    """A new draft of the actor; the same form again returns the draft there is. Raises NotAllowed."""
    require_writer(actor, actor.agency_id)
    agency = Agency.objects.get(pk=actor.agency_id)
    said = owned(document, agency, _next_number(agency.pk))
    draft, new = PolicyDraft.objects.get_or_create(
        form_key=form_key,
        agency=agency,
        author=actor.employee,
        defaults={"base": base, "text": toml_text(said), "title": _title(said)},
    )
    if new:
        _told("draft_begun", draft, actor, base=base.version if base else None)
    return draft


@transaction.atomic
def keep_draft(*, actor: Viewer, draft: PolicyDraft, seen: int, document: Document, step: str) -> PolicyDraft:
    """The draft with what was written in one step; it may be incomplete. Raises NotAllowed, NotNow, Stale."""
    held = _held(draft)
    require_author(actor, held)
    require_move(held, "keep", seen)
    said = owned(document, held.agency, _next_number(held.agency_id))
    held.text, held.title = toml_text(said), _title(said)
    _moved(held)
    _told("draft_kept", held, actor, step=step)
    return held


@transaction.atomic
def submit_draft(*, actor: Viewer, draft: PolicyDraft, seen: int) -> PolicyDraft:
    """Hands the draft to the second person. Raises PolicyError with every problem, NotAllowed, NotNow, Stale."""
    held = _held(draft)
    require_author(actor, held)
    require_move(held, "submit", seen)
    held.text = _sound_text(held)
    held.state, held.submitted_at, held.reason = DraftState.SUBMITTED, timezone.now(), ""
    _moved(held)
    _told("draft_submitted", held, actor)
    return held


@transaction.atomic
def withdraw_draft(*, actor: Viewer, draft: PolicyDraft, seen: int) -> PolicyDraft:
    """Takes it back to go on writing. Raises NotAllowed, NotNow, Stale."""
    return _decided("withdraw", DraftState.DRAFT, actor, draft, seen)


@transaction.atomic
def discard_draft(*, actor: Viewer, draft: PolicyDraft, seen: int) -> PolicyDraft:
    """Puts it away for good; it stays readable. Raises NotAllowed, NotNow, Stale."""
    return _decided("discard", DraftState.DISCARDED, actor, draft, seen)


def _decided(verb: str, state: DraftState, actor: Viewer, draft: PolicyDraft, seen: int) -> PolicyDraft:
    """Its author changes where it stands."""
    held = _held(draft)
    require_author(actor, held)
    require_move(held, verb, seen)
    held.state = state
    _moved(held)
    _told({"withdraw": "draft_withdrawn", "discard": "draft_discarded"}[verb], held, actor)
    return held


@transaction.atomic
def send_back(*, actor: Viewer, draft: PolicyDraft, seen: int, reason: str) -> PolicyDraft:
    """A second person wants something changed and says what. Raises NotAllowed, NotNow, Stale."""
    held = _held(draft)
    require_decider(actor, held)
    require_move(held, "send_back", seen)
    held.state, held.reason = DraftState.RETURNED, reason
    held.decided_by, held.decided_at = actor.employee, timezone.now()
    _moved(held)
    _told("draft_sent_back", held, actor, reason=reason)
    return held


@transaction.atomic
def approve_draft(*, actor: Viewer, draft: PolicyDraft, seen: int) -> PolicyVersion:
    """A second person puts it in force: it becomes the next version, under both names. The journal tells it as
    `evaluation.policy_published`. Raises PolicyError where its day has passed meanwhile, NotAllowed, NotNow, Stale."""
    held = _held(draft)
    require_decider(actor, held)
    require_move(held, "approve", seen)
    held.text = _sound_text(held)
    version = publish_policy(agency=held.agency, text=held.text, actor=actor, author=held.author)
    held.state, held.published = DraftState.PUBLISHED, version
    held.decided_by, held.decided_at = actor.employee, timezone.now()
    _moved(held)
    return version


def _sound_text(draft: PolicyDraft) -> str:
    """The draft as it would be published, under the next number. Raises PolicyError with every problem."""
    Agency.objects.select_for_update(no_key=True).get(pk=draft.agency_id)
    policy = load_document(owned(read_toml(draft.text), draft.agency, _next_number(draft.agency_id)))
    if problems := problems_with_day(policy, versions_of(draft.agency_id), local_today(draft.agency)):
        raise PolicyError(problems)
    return toml_text(document_of(policy))


def _held(draft: PolicyDraft) -> PolicyDraft:
    rows = PolicyDraft.objects.select_for_update(of=("self",)).select_related("agency", "author")
    return rows.get(pk=draft.pk)


def _moved(draft: PolicyDraft) -> None:
    draft.version += 1
    draft.save()


def _next_number(agency_id: int) -> int:
    return max((each.version for each in versions_of(agency_id)), default=0) + 1


def _title(document: Document) -> str:
    return str(document.get("title", ""))[:150]


def _told(verb: str, draft: PolicyDraft, actor: Viewer, *, reason: str = "", **changes: object) -> None:
    record(
        f"policy_drafts.{verb}", actor=actor.user, obj=draft, agency_id=draft.agency_id, changes=changes, reason=reason
    )
