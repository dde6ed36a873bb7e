"""What stands on public pages, and how it leaves them: only what somebody looked at, and never for good."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from terang.evidence.complaints.access import require_verifier
from terang.evidence.complaints.models import Complaint, MessageKind, TakenBack
from terang.evidence.complaints.photos import photos_shown, photos_to_show
from terang.evidence.complaints.services.moving import keep, locked, say, tell
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def publish_complaint(*, actor: Viewer, complaint: Complaint, version: int, photos: Collection[int]) -> Complaint:
    """Lets a report appear in public, again or for the first time, with the photos of these numbers; where it stands
    there, those photos only. Raises NotNow for a guarded one, and where nothing would appear."""
    require_verifier(actor, complaint)
    with transaction.atomic():
        current = locked(complaint.pk, "publish", version)
        if current.is_guarded:
            raise NotNow(gettext("Laporan rahasia atau tentang penyimpangan tidak tampil di halaman publik."))
        chosen = list(photos_to_show(current).filter(number__in=photos).values_list("number", flat=True))
        if current.is_published and not chosen:
            raise NotNow(gettext("Laporan ini sudah tampil. Pilih foto yang ikut ditampilkan."))
        photos_to_show(current).filter(number__in=chosen).update(is_published=True)
        current.is_published = True
        keep(current, is_public=True)
        tell("published", current, actor=actor, changes={"photos": chosen} if chosen else {})
    return current


def take_back(
    *, actor: Viewer, complaint: Complaint, version: int, why: TakenBack, note: str = "", photo: int | None = None
) -> Complaint:
    """Takes a report with its photos from the public pages, or one photo alone. The reason is told in the journal, the
    note only among those who handle the report. Raises NotNow for what does not stand there, and for another reason
    than the named ones without a note."""
    require_verifier(actor, complaint)
    if why == TakenBack.OTHER and not note.strip():
        raise NotNow(gettext("Tuliskan sebabnya; hanya dibaca oleh yang menangani."))
    with transaction.atomic():
        current = locked(complaint.pk, "unpublish", version)
        numbers = _hide(current, photo)
        text = gettext("Ditarik dari halaman publik: %(why)s.") % {"why": str(why.label)}
        say(current, MessageKind.NOTE, f"{text} {note}", actor=actor, is_shown=False)
        keep(current, is_public=True)
        with override("id"):
            told = str(why.label)
        verb = "unpublished" if photo is None else "photo_unpublished"
        tell(verb, current, actor=actor, changes={"photos": numbers} if numbers else {}, reason=told)
    return current


def _hide(complaint: Complaint, photo: int | None) -> list[int]:
    """Returns the numbers of the photos that left. Raises NotNow where nothing stands there."""
    leaves = photos_shown(complaint) if photo is None else photos_shown(complaint).filter(number=photo)
    numbers = list(leaves.values_list("number", flat=True))
    if not complaint.is_published or (photo is not None and not numbers):
        raise NotNow(gettext("Ini tidak tampil di halaman publik."))
    leaves.update(is_published=False)
    complaint.is_published = photo is not None
    complaint.taken_back_at = timezone.now()
    return numbers
