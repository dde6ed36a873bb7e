"""Settings of the processes that the tests of closing start: everything, without the chores of other rooms."""

from terang.config.settings import *  # noqa: F403


class WithoutMigrations:
    """Tables are made from the models."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = WithoutMigrations()
TERANG_JOURNAL_FOLLOWERS = []
TERANG_HOURLY_CHORES = ["terang.evaluation.closing.services.take_up", "terang.reporting.documents.packets.take_up"]
