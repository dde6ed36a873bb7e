"""Programs that are told: a real receiver on this machine, which checks signatures with the public library."""

import json
import threading
import uuid
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from standardwebhooks import Webhook as Verifier
from tests.cast import make_cast

from terang.audit.followers import advance
from terang.audit.models import JournalEntry
from terang.audit.sealing import seal_all
from terang.audit.services import record
from terang.interchange.duties import waiting_for
from terang.interchange.models import Webhook, WebhookAttempt
from terang.interchange.webhooks import pushing
from terang.interchange.webhooks.events import GROUPS, VERBS
from terang.interchange.webhooks.sending import PREFIX, why_not
from terang.interchange.webhooks.services import (
    Listener,
    add_webhook,
    change_webhook,
    end_webhook,
    pause_webhook,
    renew_secret,
    resume_webhook,
    try_webhook,
)
from terang.web.errors import NotAllowed, NotNow, Stale

EVENT, OTHER = "allowance.run_approved", "plans.plan_agreed"


class Receiver:
    """Answers every message with the next of `answers`, 204 when there is none; keeps what arrived."""

    def __init__(self):
        self.got, self.answers = [], []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()

            def log_message(self, *_line):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/kabar?x=1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def positions(self):
        return [json.loads(body)["data"].get("position") for _headers, body in self.got]


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


def added(cast, address, groups=("tunjangan",), key=None):
    listener = Listener("Aplikasi gaji", "Tim gaji", address, list(groups))
    return add_webhook(actor=cast.viewer("maya"), listener=listener, form_key=key or uuid.uuid4())


def happen(cast, verb=EVENT, **more):
    with transaction.atomic():
        record(verb, actor=cast.maya.user, obj=cast.andi, agency_id=cast.agency.pk, reason="Rahasia", **more)
    seal_all()


def work():
    """The worker: followers, then every task that is due."""
    while advance():
        pass
    while due := DBTaskResult.objects.ready().filter(task_path=pushing.push.module_path).first():
        due.delete()
        pushing.push.call(*due.args_kwargs["args"])


def test_a_message_is_signed_as_the_public_library_checks_and_names_no_person(cast, receiver):
    webhook, secret = added(cast, receiver.address)
    assert secret.startswith(PREFIX)
    assert secret not in Webhook.objects.get().secret
    happen(cast, subject_employee_id=cast.andi.pk, unit_id=cast.units["register"].pk)
    happen(cast, OTHER)
    work()
    ((headers, body),) = receiver.got
    told = Verifier(secret).verify(body, {name.lower(): value for name, value in headers.items()})
    entry = JournalEntry.objects.get(verb=EVENT)
    assert told == {
        "type": EVENT,
        "timestamp": entry.at.isoformat(),
        "data": {
            "position": entry.position,
            "agency": cast.agency.code,
            "unit": cast.units["register"].code,
            "object": "people.employee",
            "id": cast.andi.pk,
        },
    }
    for private in (cast.andi.name, cast.andi.nip, cast.maya.name, "Rahasia"):
        assert private not in body.decode()
    with pytest.raises(Exception, match="signature"):
        Verifier(PREFIX + "AAAA").verify(body, {name.lower(): value for name, value in headers.items()})
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.busy_until) == (0, None)


def test_only_what_happens_afterwards_in_the_own_government_is_told_once_and_in_order(cast, receiver):
    happen(cast)
    added(cast, receiver.address, groups=("tunjangan", "skp"))
    other = make_cast("11.02", "Kabupaten Lain")
    happen(other)
    for verb in (EVENT, OTHER, "work.entry_submitted", EVENT):
        happen(cast, verb)
    work()
    work()
    wanted = list(JournalEntry.objects.filter(agency_id=cast.agency.pk, verb__in=(EVENT, OTHER)).order_by("position"))
    assert receiver.positions() == [entry.position for entry in wanted][1:]


def test_what_fails_is_sent_again_later_and_later_and_loses_nothing(cast, receiver):
    webhook, _secret = added(cast, receiver.address)
    receiver.answers = [500, 302]
    happen(cast)
    happen(cast)
    for failures, wait in enumerate(pushing.WAITS[:2], start=1):
        work()
        webhook.refresh_from_db()
        assert webhook.failures == failures
        assert abs(webhook.next_at - timezone.now() - wait) < timedelta(seconds=20)
        work()
        assert len(receiver.got) == failures
        Webhook.objects.update(next_at=timezone.now())
        DBTaskResult.objects.update(run_after=timezone.now())
    work()
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.next_at) == (0, None)
    first, second = JournalEntry.objects.filter(verb=EVENT).order_by("position").values_list("position", flat=True)
    assert receiver.positions() == [first, first, first, second]
    assert len({headers["webhook-id"] for headers, _body in receiver.got[:3]}) == 1
    errors = list(WebhookAttempt.objects.order_by("pk").values_list("status", "error"))
    assert [status for status, _error in errors] == [500, 302, 204, 204]
    assert "mengalihkan" in errors[1][1]


def test_who_never_answers_is_paused_and_goes_on_where_it_stopped_or_from_now_on(cast, receiver):
    webhook, _secret = added(cast, receiver.address)
    Webhook.objects.update(failures=len(pushing.WAITS))
    receiver.answers = [503]
    happen(cast)
    work()
    webhook.refresh_from_db()
    assert webhook.paused_at
    assert webhook.paused_by is None
    assert JournalEntry.objects.filter(verb="interchange.webhook_given_up").count() == 1
    assert [duty.title for duty in waiting_for(cast.viewer("tono"))] == ["Aplikasi gaji tidak menjawab"]
    assert list(waiting_for(cast.viewer("andi"))) == []
    happen(cast)
    work()
    assert len(receiver.got) == 1
    resume_webhook(actor=cast.viewer("tono"), webhook=webhook, skip=False, seen=webhook.version)
    pushing.push.call(webhook.pk)
    assert len(receiver.got) == 3
    webhook.refresh_from_db()
    pause_webhook(actor=cast.viewer("maya"), webhook=webhook, reason="Perawatan", seen=webhook.version)
    happen(cast)
    webhook.refresh_from_db()
    resume_webhook(actor=cast.viewer("maya"), webhook=webhook, skip=True, seen=webhook.version)
    pushing.push.call(webhook.pk)
    assert len(receiver.got) == 3


def test_gone_means_gone_and_a_dead_receiver_is_only_a_line_in_the_list(cast, receiver):
    webhook, _secret = added(cast, receiver.address)
    receiver.answers = [410]
    happen(cast)
    work()
    webhook.refresh_from_db()
    assert "410" in webhook.paused_because
    receiver.server.shutdown()
    receiver.server.server_close()
    assert "Tidak ada yang menjawab" in try_webhook(actor=cast.viewer("maya"), webhook=webhook).error


def test_a_killed_worker_is_taken_up_by_the_next_hour_and_two_at_once_send_once(cast, receiver):
    webhook, _secret = added(cast, receiver.address)
    happen(cast)
    Webhook.objects.update(busy_until=timezone.now() + timedelta(minutes=5))
    work()
    assert receiver.got == []
    Webhook.objects.update(busy_until=timezone.now() - timedelta(seconds=1))
    WebhookAttempt.objects.create(webhook=webhook, position=0, event="x", at=timezone.now() - timedelta(days=31))
    pushing.every_hour()
    work()
    assert len(receiver.got) == 1
    assert not WebhookAttempt.objects.filter(event="x").exists()


def test_many_waiting_are_handed_on_in_portions(cast, receiver, monkeypatch):
    monkeypatch.setattr(pushing, "AT_ONCE", 2)
    added(cast, receiver.address)
    for _each in range(5):
        happen(cast)
    work()
    assert len(receiver.got) == 5
    assert receiver.positions() == sorted(receiver.positions())


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://dalam.contoh.go.id/x", "dalam.contoh.go.id"),
        ("http://luar.contoh.go.id/x", "https://"),
        ("https://a:b@127.0.0.1/x", "kata sandi"),
        ("https://127.0.0.1:99999/", "port"),
        ("ftp://127.0.0.1/", "https://"),
        ("127.0.0.1/x", "https://"),
        ("", "https://"),
    ],
)
def test_addresses_that_this_server_may_not_call(settings, address, told):
    settings.TERANG_WEBHOOK_HOSTS = ["127.0.0.1"]
    assert told in why_not(address)
    assert why_not("http://127.0.0.1:8080/x") == ""


def test_an_address_taken_from_the_list_is_not_called_any_more(cast, receiver, settings):
    added(cast, receiver.address)
    settings.TERANG_WEBHOOK_HOSTS = []
    happen(cast)
    work()
    assert receiver.got == []
    assert "belum diizinkan" in WebhookAttempt.objects.get().error


def test_who_may_and_what_a_stale_page_or_a_double_click_does(cast, receiver):
    listener = Listener("A", "B", receiver.address, ["skp"])
    with pytest.raises(NotAllowed):
        add_webhook(actor=cast.viewer("andi"), listener=listener, form_key=uuid.uuid4())
    key = uuid.uuid4()
    webhook, secret = added(cast, receiver.address, key=key)
    assert added(cast, receiver.address, key=key) == (webhook, "")
    with pytest.raises(Stale):
        change_webhook(actor=cast.viewer("maya"), webhook=webhook, listener=listener, seen=9)
    bad = Listener("A", "B", "https://lain.go.id", ["bukan"])
    with pytest.raises(ValidationError) as faults:
        change_webhook(actor=cast.viewer("maya"), webhook=webhook, listener=bad, seen=0)
    assert set(faults.value.message_dict) == {"address", "groups"}
    assert renew_secret(actor=cast.viewer("maya"), webhook=webhook, seen=0)[1] != secret
    for _press in range(2):
        webhook.refresh_from_db()
        ended = end_webhook(actor=cast.viewer("maya"), webhook=webhook, reason="Selesai", seen=webhook.version)
    assert ended.secret == ""
    with pytest.raises(NotNow):
        try_webhook(actor=cast.viewer("maya"), webhook=webhook)
    assert JournalEntry.objects.filter(verb="interchange.webhook_ended").count() == 1
    other = make_cast("11.02", "Kabupaten Lain")
    assert Webhook.objects.filter(agency=other.agency).count() == 0


def test_the_screens_from_adding_to_ending(cast, receiver, sign_in):
    client = sign_in("maya")
    listed = reverse("interchange:webhooks")
    assert "Belum ada penerima" in client.get(listed).content.decode()
    body = {
        "name": "Aplikasi gaji",
        "contact": "Tim gaji",
        "address": "https://lain.go.id/x",
        "groups": ["tunjangan"],
        "form_key": str(uuid.uuid4()),
    }
    refused = client.post(reverse("interchange:webhook_new"), body)
    assert refused.status_code == 422
    assert "lain.go.id" in refused.content.decode()
    made = client.post(reverse("interchange:webhook_new"), {**body, "address": receiver.address})
    assert PREFIX in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    webhook = Webhook.objects.get()
    page = reverse("interchange:webhook", args=[webhook.pk])
    assert PREFIX not in client.get(page).content.decode()
    client.post(reverse("interchange:webhook_try", args=[webhook.pk]))
    assert "terang.trial" in client.get(page).content.decode()
    client.post(reverse("interchange:webhook_pause", args=[webhook.pk]), {"reason": "Perawatan", "version": 0})
    assert "Perawatan" in client.get(page).content.decode()
    client.post(reverse("interchange:webhook_resume", args=[webhook.pk]), {"skip": "semua", "version": 1})
    changed = {**body, "address": receiver.address, "groups": ["skp"], "version": 2}
    assert client.post(reverse("interchange:webhook_change", args=[webhook.pk]), changed).status_code == 302
    client.post(reverse("interchange:webhook_end", args=[webhook.pk]), {"reason": "Selesai", "version": 3})
    assert "Diakhiri" in client.get(listed).content.decode()
    assert sign_in("andi").get(listed).status_code == 403


def test_pages_ask_a_fixed_number_of_questions(cast, receiver, sign_in):
    client, counts = sign_in("maya"), []
    for _round in range(2):
        for _each in range(3):
            webhook, _secret = added(cast, receiver.address)
            WebhookAttempt.objects.create(webhook=webhook, position=0, event="x", at=timezone.now())
        for address in (reverse("interchange:webhooks"), reverse("interchange:webhook", args=[webhook.pk])):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_every_verb_that_is_told_is_one_of_the_journal():
    from terang.audit.sentences import SENTENCES

    assert set(VERBS) <= set(SENTENCES)
    assert len(VERBS) == sum(len(group.verbs) for group in GROUPS)
