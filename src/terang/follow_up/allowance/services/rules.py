"""Versions of a government's rule: proposed, then approved or sent back by a second person."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.allowance.access import require_keeper, require_second
from terang.follow_up.allowance.models import RuleState, RuleVersion
from terang.follow_up.allowance.services.shared import require_seen
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.allowance import AllowanceRule, load_rule_document, rule_digest
from terang.rules.policies import PolicyError, read_toml, toml_text
from terang.web.errors import NotNow
from terang.web.sentences import said


@transaction.atomic
def propose_rule(*, actor: Viewer | None, agency: Agency, text: str, form_key: UUID) -> RuleVersion:
    """The next version of the rule; a second person approves it. The same form again returns the row there is.

    `actor` missing: the program itself puts it in, approved. Raises NotAllowed, ValidationError with every problem.
    """
    viewer = require_keeper(actor, agency.pk) if actor is not None else None
    if known := RuleVersion.objects.filter(form_key=form_key, agency=agency).first():
        return known
    Agency.objects.select_for_update().get(pk=agency.pk)
    number = (RuleVersion.objects.filter(agency=agency).values_list("number", flat=True).first() or 0) + 1
    rule, kept = _sound(text, agency, number)
    now = timezone.now()
    made = RuleVersion.objects.create(
        agency=agency,
        number=number,
        title=rule.title,
        valid_from=rule.valid_from,
        text=kept,
        digest=rule_digest(rule),
        state=RuleState.PROPOSED if viewer else RuleState.APPROVED,
        proposed_by=viewer.employee if viewer else None,
        proposed_at=now,
        decided_at=None if viewer else now,
        form_key=form_key,
    )
    changes = {"number": number, "valid_from": rule.valid_from, "digest": made.digest}
    record("allowance.rule_proposed", actor=viewer and viewer.user, obj=made, agency_id=agency.pk, changes=changes)
    return made


def _sound(text: str, agency: Agency, number: int) -> tuple[AllowanceRule, str]:
    """The rule as this government's version, and its text."""
    try:
        document = read_toml(text) | {"agency_code": agency.code, "version": number}
        return load_rule_document(document), toml_text(document)
    except PolicyError as error:
        told = [f"{said(each.path)}: {said(each.message)} {said(each.hint)}".strip() for each in error.problems]
        raise ValidationError({"text": told}) from error


@transaction.atomic
def decide_rule(*, actor: Viewer | None, rule: RuleVersion, approve: bool, reason: str, seen: int) -> RuleVersion:
    """The second person approves a version or sends it back with a reason; twice is as good as once.

    Raises NotAllowed, NotNow, Stale, ValidationError.
    """
    held = RuleVersion.objects.select_for_update().get(pk=rule.pk)
    viewer = require_second(actor, held.proposed_by, held.agency_id)
    wanted = RuleState.APPROVED if approve else RuleState.RETURNED
    if held.state == wanted:
        return held
    if held.state != RuleState.PROPOSED:
        raise NotNow(gettext("Versi ini sudah diputus."))
    require_seen(held.version, seen)
    if not approve and not reason.strip():
        raise ValidationError({"reason": gettext("Tulis apa yang perlu diperbaiki.")})
    held.state, held.reason, held.version = wanted, reason.strip(), held.version + 1
    held.decided_by, held.decided_at = viewer.employee, timezone.now()
    held.save()
    verb = "allowance.rule_approved" if approve else "allowance.rule_returned"
    record(
        verb, actor=viewer.user, obj=held, agency_id=held.agency_id, changes={"number": held.number}, reason=held.reason
    )
    return held
