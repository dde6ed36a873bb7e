"""Requests that write may be sent again: the same key with the same content gets the answer of the first time."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Schema
from ninja.responses import NinjaJSONEncoder

from terang.interchange.api.problems import IDEMPOTENCY, OTHER_BODY, Problem
from terang.interchange.models import Application, KeptAnswer

KEPT = timedelta(days=2)


def once(
    request: HttpRequest,
    response: HttpResponse,
    application: Application,
    key: str,
    sent: Schema,
    act: Callable[[], Schema],
) -> Any:
    """What `act` gives, kept with the key in the same transaction; the answer kept before where there is one. A refused
    request keeps nothing, so that its key may be used again. Raises Problem where the key came with other content.
    """
    digest = hashlib.sha256(f"{request.path}\n{sent.model_dump_json()}".encode()).hexdigest()
    with transaction.atomic():
        kept, new = _held(application, key, digest)
        if new:
            kept.answer = json.loads(json.dumps(act().model_dump(), cls=NinjaJSONEncoder))
            kept.save(update_fields=["answer"])
    if kept.digest != digest:
        told = gettext("Idempotency-Key ini sudah dipakai untuk isi yang lain. Pakai kunci baru.")
        raise Problem(OTHER_BODY, told, {IDEMPOTENCY: [told]})
    if not new:
        response["Idempotent-Replayed"] = "true"
    return kept.answer


def _held(application: Application, key: str, digest: str) -> tuple[KeptAnswer, bool]:
    """The row of a key, made where there is none; who comes at the same time waits until the first is done."""
    own = {"application": application, "key": key}
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(digest=digest, answered_at=timezone.now(), **own), True
    except IntegrityError:
        return KeptAnswer.objects.get(**own), False


def every_hour() -> None:
    """Forgets answers that nobody will ask for again."""
    KeptAnswer.objects.filter(answered_at__lt=timezone.now() - KEPT).delete()
