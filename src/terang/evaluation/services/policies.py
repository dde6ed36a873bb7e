"""Publishing policies in versions, opening and closing periods."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from terang.audit.services import record
from terang.evaluation.access import require_approver, require_publisher
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.periods import spans
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import policy_on
from terang.evaluation.states import require_open
from terang.evaluation.storing import hold
from terang.evidence.work.unanswered import answers_expected
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.policies import Policy, PolicyError, Problem, load_policy
from terang.rules.policies import digest as policy_digest
from terang.rules.sentences import Sentence
from terang.web.errors import NotNow
from terang.web.numbers import longdate


@transaction.atomic
def publish_policy(
    *, agency: Agency, text: str, actor: Viewer | None = None, author: Employee | None = None
) -> PolicyVersion:
    """A new version of a government's policy. The newest text once more returns the version there is.

    `actor` approves what `author` wrote, both None where the program itself acts (demo, command line); people come here
    by way of a draft (`evaluation.drafts`). Raises PolicyError with every problem (also where number or region do not
    fit the government) and NotAllowed.
    """
    if actor is not None:
        require_approver(actor, agency.pk, author)
    policy = load_policy(text)
    found = policy_digest(policy)
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    versions = {each.version: each for each in PolicyVersion.objects.filter(agency=agency)}
    same = versions.get(policy.version)
    if same is not None and same.digest == found:
        return same
    if problems := _problems_for(agency, policy, versions):
        raise PolicyError(problems)
    version = PolicyVersion.objects.create(
        agency=agency,
        version=policy.version,
        title=policy.title,
        valid_from=policy.valid_from,
        text=text,
        digest=found,
        written_by=author,
        published_by=actor.employee if actor else None,
    )
    changes = {"version": version.version, "valid_from": version.valid_from.isoformat(), "digest": found}
    record(
        "evaluation.policy_published",
        actor=actor.user if actor else None,
        obj=version,
        agency_id=agency.pk,
        changes=changes | ({"written_by": author.pk} if author else {}),
    )
    return version


def _problems_for(agency: Agency, policy: Policy, versions: Mapping[int, PolicyVersion]) -> list[Problem]:
    problems = []
    if policy.agency_code != agency.code:
        found = {"code": policy.agency_code, "agency": agency.name}
        message = Sentence("kode “%(code)s” bukan kode %(agency)s.", found)
        problems.append(Problem("agency_code", message, Sentence("Tulis “%(code)s”.", {"code": agency.code})))
    newest = max(versions, default=0)
    if policy.version <= newest:
        message = Sentence(
            "versi %(number)s tidak lebih baru dari versi %(newest)s yang sudah terbit.",
            {"number": policy.version, "newest": newest},
        )
        hint = Sentence("Versi yang terbit tidak pernah diubah. Tulis version = %(next)s.", {"next": newest + 1})
        problems.append(Problem("version", message, hint))
    return problems


@transaction.atomic
def open_periods(*, agency: Agency, start: date, end: date, actor: Viewer | None = None) -> list[Period]:
    """The periods that touch the time from `start` to before `end`, of the kind the policy sets, oldest first.

    Opens those that are not yet there; twice is as good as once. Nothing where the government has no policy.
    """
    version = policy_on(agency.pk, start)
    if version is None or start >= end:
        return []
    wanted = list(spans(rules_of(version).period_kind, start, end))
    same_kind = Period.objects.filter(agency=agency, kind=wanted[0].kind, starts_on__in=[span.start for span in wanted])
    there = set(same_kind.values_list("starts_on", flat=True))
    missing = [span for span in wanted if span.start not in there]
    Period.objects.bulk_create(
        (Period(agency=agency, kind=s.kind, name=s.name, starts_on=s.start, ends_on=s.end) for s in missing),
        ignore_conflicts=True,
    )
    if missing:
        record(
            "evaluation.periods_opened",
            actor=actor.user if actor else None,
            obj=agency,
            agency_id=agency.pk,
            changes={"names": [span.name for span in missing]},
        )
    return list(same_kind.order_by("starts_on"))


@transaction.atomic
def close_period(*, period: Period, actor: Viewer) -> Period:
    """Closes a period; its results stay as they are. Raises NotAllowed, and NotNow where it is closed already or daily
    work sent in it still waits: what is not answered in its days counts, so silence never costs the person.

    Holds the people as a computation does: what is being computed is written first, and nothing afterwards.
    """
    require_publisher(actor, period.agency_id)
    hold(Employee.objects.filter(agency_id=period.agency_id).values_list("pk", flat=True))
    held = Period.objects.select_for_update().get(pk=period.pk)
    require_open(held)
    _require_answered(held)
    held.closed_at = timezone.now()
    held.save(update_fields=["closed_at"])
    record("evaluation.period_closed", actor=actor.user, obj=held, agency_id=held.agency_id)
    return held


def _require_answered(period: Period) -> None:
    number, last = answers_expected(period.agency, period.starts_on, period.ends_on)
    if number:
        told = ngettext(
            "%(n)s kegiatan dari periode ini masih menunggu jawaban, paling lama sampai %(day)s. Tutup sesudahnya.",
            "%(n)s kegiatan dari periode ini masih menunggu jawaban, paling lama sampai %(day)s. Tutup sesudahnya.",
            number,
        )
        raise NotNow(told % {"n": number, "day": longdate(last)})
