"""A photo of a point, for who reads the point."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody.serving import file_response
from terang.evidence.oversight import selectors
from terang.evidence.oversight.access import require_reader
from terang.evidence.oversight.models import CheckPhoto


@require_safe
@login_required
def photo(request: SignedInRequest, pk: int, number: int) -> FileResponse:
    """The picture without the camera's notes."""
    check = selectors.check_for(pk)
    require_reader(request.viewer, check)
    rows = CheckPhoto.objects.select_related("file")
    return file_response(get_object_or_404(rows, point=check, number=number).file)
