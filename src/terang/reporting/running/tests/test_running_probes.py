"""What monitors are told: life, readiness, figures; and what strangers are not."""

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from terang.audit import heartbeats
from terang.reporting.running import counters, facts

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-more-than-24-letters"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    counters._own.cache_clear()
    yield tmp_path
    counters._own.cache_clear()


def families(client: Client, **more: str) -> dict:
    answer = client.get("/metrics", **more)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    return {family.name: family for family in text_string_to_metric_families(answer.content.decode())}


def values(family) -> dict:
    return {tuple(sorted(sample.labels.items())): sample.value for sample in family.samples}


def test_life_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health")
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"ok\n", {})


def test_readiness_needs_a_worker_and_tells_strangers_nothing_more(client):
    near = client.get("/health/ready")
    assert (near.status_code, near.content.decode()) == (503, "pekerja latar tidak berjalan\n")
    far = client.get("/health/ready", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert (far.status_code, far.content.decode()) == (503, "tidak siap\n")
    heartbeats.begin("one")
    assert client.get("/health/ready").content.decode() == "siap\n"


def test_a_full_disk_is_not_ready(client, monkeypatch):
    heartbeats.begin("one")
    monkeypatch.setattr(facts, "free_bytes", lambda: 1024)
    assert client.get("/health/ready").content.decode() == "cakram data hampir penuh\n"


def test_figures_are_for_this_machine_or_the_token(client, settings):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404
    settings.TERANG_METRICS_TOKEN = TOKEN
    far = {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    assert client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}", **far).status_code == 200
    assert client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}x", **far).status_code == 404


def test_without_a_token_an_empty_one_opens_nothing(client):
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ", REMOTE_ADDR="203.0.113.9").status_code == 404


def test_requests_are_counted_by_room_and_class_and_never_by_address(client):
    client.get("/publik/tidak-ada/")
    client.get("/kegiatan/?pegawai=SITI&q=199001012020122001")
    found = families(client)
    counted = values(found["terang_requests"])
    assert counted[("room", "lain"), ("status", "4xx")] == 1
    assert counted[("room", "work"), ("status", "3xx")] == 1
    text = client.get("/metrics").content.decode()
    assert "SITI" not in text
    assert "199001012020122001" not in text


def test_the_histogram_adds_up(client):
    for _each in range(3):
        client.get("/health")
    seconds = families(client)["terang_request_seconds"]
    mine = [sample for sample in seconds.samples if sample.labels["room"] == "running"]
    steps = [sample.value for sample in mine if sample.name.endswith("_bucket")]
    assert steps == sorted(steps)
    assert steps[-1] == next(sample.value for sample in mine if sample.name.endswith("_count")) == 3


def test_figures_of_all_processes_are_added(own_folder):
    for status in (200, 503):
        counters.Counters(own_folder / "metrics").count("work", status, 0.3)
    numbers = counters.totals(own_folder / "metrics")["work"]
    assert list(numbers[:4]) == [1, 0, 0, 1]
    assert numbers[-1] == pytest.approx(0.6)


def test_worker_journal_and_queue_are_told(client):
    heartbeats.begin("one")
    found = families(client)
    assert values(found["terang_worker_running"]) == {(): 1.0}
    assert values(found["terang_worker_age_seconds"])[()] < 60
    assert values(found["terang_journal_unsealed"]) == {(): 0.0}
    assert {"terang_follower_lag_entries", "terang_disk_free_bytes", "terang_tasks"} <= set(found)
    assert "terang_backup_age_seconds" not in found


def test_figures_cost_the_same_whatever_the_size(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        client.get("/metrics")
