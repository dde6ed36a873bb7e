"""Settings of the processes that the journal's tests start: only what the journal needs, on a database of their own."""

from terang.config.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_tasks",
    "django_tasks_db",
    "terang.audit",
    "terang.accounts",
]
MIDDLEWARE = []
TERANG_JOURNAL_FOLLOWERS = ["journal_followers.echo"]
TERANG_HOURLY_CHORES = []
