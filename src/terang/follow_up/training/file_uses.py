"""Tells custody which declared trainings a certificate proves (`terang.custody.uses`)."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from terang.custody.models import UseKind
from terang.custody.uses import Compared, FileUse
from terang.follow_up.training.models import DeclaredState, DeclaredTraining

OPEN = (DeclaredState.DECLARED, DeclaredState.CONTESTED)


def file_uses(file_ids: Collection[int]) -> Iterator[FileUse]:
    """One use for each certificate; the very same picture twice is asked about. One query."""
    for row in DeclaredTraining.objects.filter(proof_id__in=file_ids):
        assert row.proof_id is not None
        yield FileUse(
            file_id=row.proof_id,
            source="training.declaredtraining",
            kind=UseKind.TRAINING,
            object_type="training.declaredtraining",
            object_id=row.pk,
            employee_id=row.employee_id,
            day=row.ends_on,
            title=row.title,
            url=row.get_absolute_url(),
            file_url=reverse("training:proof", args=[row.pk]),
            compared=Compared.SAME,
            is_open=row.state in OPEN,
        )
