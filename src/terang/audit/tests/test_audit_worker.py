"""Followers, lost tasks, and what the screens are told about the worker."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from terang.audit import followers, heartbeats
from terang.audit.background import reap
from terang.audit.models import Follower, JournalEntry, SkippedEntry, WorkerHeartbeat
from terang.audit.sealing import seal
from terang.audit.selectors import worker_status
from terang.audit.services import record
from terang.audit.worker import _Chore

pytestmark = pytest.mark.django_db
seen: list[int] = []


def note(entries):
    seen.extend(entry.position for entry in entries)


def stumble(entries):
    """Fails whenever the entry 3 is among what it gets, after having written something."""
    record("test.half", actor=None)
    if any(entry.position == 3 for entry in entries):
        raise ZeroDivisionError("tiga")
    note(entries)


def cut_off(entries):
    raise OperationalError("server closed the connection")


@pytest.fixture
def journal(settings):
    """Five sealed entries; call it with the follower to use."""
    seen.clear()
    for number in range(5):
        record("test.written", actor=None, changes={"n": number})
    seal()

    def use(follower):
        settings.TERANG_JOURNAL_FOLLOWERS = [f"{__name__}.{follower.__name__}"]
        followers.named_followers = lambda: {settings.TERANG_JOURNAL_FOLLOWERS[0]: follower}

    before = followers.named_followers
    yield use
    followers.named_followers = before


class TestFollowers:
    def test_each_entry_comes_once_and_in_order(self, journal):
        journal(note)
        assert followers.advance() == 5
        assert followers.advance() == 0
        assert seen == [1, 2, 3, 4, 5]
        assert Follower.objects.get().position == 5

    def test_entry_that_always_fails_is_put_aside_and_others_go_on(self, journal):
        journal(stumble)
        for _ in range(20):
            followers.advance()
            Follower.objects.update(retry_at=None)
        assert seen == [1, 2, 4, 5]
        assert [skipped.position for skipped in SkippedEntry.objects.all()] == [3]
        assert "tiga" in SkippedEntry.objects.get().error
        assert JournalEntry.objects.filter(verb="test.half").count() == 3, "what a failed try wrote is undone"

    def test_entry_put_aside_is_tried_again(self, journal):
        journal(stumble)
        follower = Follower.objects.create(name=f"{__name__}.stumble", position=5)
        SkippedEntry.objects.create(follower=follower, position=3, error="x")
        assert followers.retry_skipped() == 0
        assert SkippedEntry.objects.exists()
        SkippedEntry.objects.update(position=4)
        assert followers.retry_skipped() == 1
        assert seen == [4]

    def test_database_trouble_puts_nothing_aside(self, journal):
        journal(cut_off)
        for _ in range(10):
            with pytest.raises(OperationalError):
                followers.advance()
        follower = Follower.objects.get()
        assert (follower.position, follower.failures) == (0, 0)

    def test_misspelt_follower_stops_everything(self, settings):
        settings.TERANG_JOURNAL_FOLLOWERS = ["terang.audit.nowhere.recompute"]
        with pytest.raises(ImportError):
            followers.advance()


class TestLostTasks:
    def task(self, *workers: str) -> DBTaskResult:
        return DBTaskResult.objects.create(
            status=TaskResultStatus.RUNNING, started_at=timezone.now(), args_kwargs={"args": [], "kwargs": {}},
            task_path="x", worker_ids=list(workers), backend_name="default", run_after=timezone.now(),
            exception_class_path="", traceback="",
        )  # fmt: skip

    def test_task_of_a_living_worker_is_left_alone(self):
        heartbeats.begin("me")
        task = self.task("me")
        assert reap() == (0, 0)
        task.refresh_from_db()
        assert task.status == TaskResultStatus.RUNNING

    def test_task_of_a_lost_worker_is_queued_again_once(self):
        heartbeats.begin("gone")
        WorkerHeartbeat.objects.update(pid=2**22 + 1)
        task = self.task("gone")
        assert reap() == (1, 0)
        assert reap() == (0, 0)
        task.refresh_from_db()
        assert (task.status, task.started_at) == (TaskResultStatus.READY, None)

    def test_task_that_kills_workers_is_given_up_with_a_reason(self):
        task = self.task("a", "b", "c")
        assert reap() == (0, 1)
        task.refresh_from_db()
        assert task.status == TaskResultStatus.FAILED
        assert "3 kali" in task.traceback

    def test_worker_of_another_machine_is_lost_after_a_minute(self):
        heartbeats.begin("far")
        WorkerHeartbeat.objects.update(host="elsewhere")
        self.task("far")
        assert reap() == (0, 0)
        WorkerHeartbeat.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
        assert reap() == (1, 0)


class TestStatus:
    def test_never_ran(self):
        status = worker_status()
        assert (status.running, status.seen_at, status.waiting) == (False, None, 0)

    def test_runs_then_is_missed_then_stopped(self):
        heartbeats.begin("me")
        assert worker_status().running
        WorkerHeartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
        status = worker_status()
        assert not status.running
        assert status.seen_at < timezone.now() - timedelta(minutes=4)
        heartbeats.beat("me")
        assert worker_status().running
        heartbeats.end("me")
        assert not worker_status().running

    def test_waiting_entries_are_counted(self):
        record("test.written", actor=None)
        assert worker_status().waiting == 1
        assert worker_status().waiting_since is not None


class TestChores:
    def test_one_that_fails_is_told_and_the_worker_goes_on(self, caplog):
        tried = []

        def fails():
            tried.append(1)
            raise FileNotFoundError("isi berkas hilang")

        chore = _Chore(3600, fails)
        for _ in range(2):
            chore.run_when_due()
        assert tried == [1]
        assert "isi berkas hilang" in caplog.text

    def test_a_lost_database_is_the_worker_s_own_matter(self):
        def cut():
            raise OperationalError("server closed the connection")

        with pytest.raises(OperationalError):
            _Chore(3600, cut).run_when_due()
