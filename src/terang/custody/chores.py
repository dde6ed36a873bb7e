"""What the worker does for custody every hour. Each is good twice, and does a little at a time."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from terang.audit.services import record
from terang.custody import scanner
from terang.custody.models import Scan, StoredFile
from terang.custody.services import ask_about, destroy_due
from terang.custody.vault import path_of

logger = logging.getLogger(__name__)

SETTLED = timedelta(minutes=5)
GIVEN_UP = timedelta(days=7)
"""A file that nobody uses for so long is not compared any more."""
AT_ONCE = 500


def every_hour() -> None:
    """Compares what was left, scans what could not be scanned, destroys what is past retention."""
    compare_waiting()
    scan_waiting()
    if destroyed := destroy_due():
        logger.info("%s berkas dimusnahkan sesuai jadwal retensi", destroyed)


def compare_waiting() -> None:
    """Files whose task was lost, or that were attached to something only later."""
    now = timezone.now()
    waiting = StoredFile.objects.filter(compared_at=None)
    waiting.filter(uploaded_at__lt=now - GIVEN_UP).update(compared_at=now)
    for pk in waiting.filter(uploaded_at__lt=now - SETTLED).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        try:
            ask_about(file_id=pk)
        except OSError as error:
            _lost(pk, error)


def scan_waiting() -> None:
    """Files taken in while the scanner was down. One that is infected is never handed out."""
    if not scanner.is_named():
        return
    for stored in StoredFile.objects.filter(scan=Scan.PENDING, destroyed_on=None).order_by("pk")[:AT_ONCE]:
        try:
            with path_of(stored.sha256).open("rb") as file:
                scanner.require_clean(file)
        except scanner.ScannerDownError:
            return
        except OSError as error:
            _lost(stored.pk, error)
        except scanner.InfectedError as found:
            _settle(stored, Scan.INFECTED, found.virus)
        else:
            _settle(stored, Scan.CLEAN)


def _settle(stored: StoredFile, scan: Scan, virus: str = "") -> None:
    with transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk, scan=Scan.PENDING).update(scan=scan)
        if scan == Scan.INFECTED:
            record("custody.file_quarantined", actor=None, obj=stored, agency_id=stored.agency_id, reason=virus)


def _lost(file_id: int, error: Exception) -> None:
    """One file whose bytes are gone (a copy put back in part) must not keep the others waiting."""
    logger.error("Isi berkas %s tidak dapat dibaca: %s", file_id, error)
