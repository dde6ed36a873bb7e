"""A fresh database that is drawn sparingly is the one Django makes; whoever looks at its models sees all of them."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.db import ConnectionHandler, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from terang.web.management.commands.migrate import OURS, libraries_come_first, only_what_changed_is_drawn

pytestmark = pytest.mark.once
KEY = models.BigAutoField(primary_key=True)


def _look(seen: list[Any]) -> Any:
    def look(apps: Any, _editor: Any) -> None:
        seen.extend(
            (model.__name__, sorted(field.name for field in model._meta.get_fields()), len(model._meta.constraints))
            for model in apps.get_models()
        )

    return look


def _steps(seen: list[Any]) -> list[migrations.operations.base.Operation]:
    unit, person = "room.unit", "room.person"
    return [
        migrations.CreateModel("Unit", [("id", KEY), ("code", models.CharField(max_length=8))]),
        migrations.CreateModel("Person", [("id", KEY), ("unit", models.ForeignKey(unit, models.CASCADE))]),
        migrations.AddField("Unit", "head", models.ForeignKey(person, models.PROTECT, null=True, related_name="+")),
        migrations.AddConstraint("Unit", models.UniqueConstraint(fields=["code"], name="one_code")),
        migrations.AddIndex("Person", models.Index(fields=["unit", "id"], name="by_unit")),
        migrations.RunPython(_look(seen), elidable=False),
        migrations.AlterField("Unit", "code", models.CharField(max_length=12, unique=True)),
        migrations.CreateModel(
            "Pair", [("id", KEY), ("people", models.ManyToManyField(person)), ("size", models.IntegerField(default=2))]
        ),
        migrations.AddConstraint("Pair", models.CheckConstraint(condition=models.Q(size__gt=1), name="not_alone")),
        migrations.RunPython(_look(seen), elidable=False),
        migrations.RemoveConstraint("Unit", "one_code"),
        migrations.RenameField("Unit", "code", "sign"),
        migrations.RemoveField("Unit", "head"),
    ]


def _made(context: Any) -> tuple[list[Any], list[Any]]:
    """What stands in the database, and what code of the migration saw."""
    handler = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
    connection, seen = handler["default"], []
    migration = migrations.Migration("0001", "room")
    migration.operations = _steps(seen)
    state = ProjectState()
    assert state.apps is not None
    with context, connection.schema_editor(atomic=False) as editor:
        migration.apply(state, editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        tables = cursor.fetchall()
    connection.close()
    return tables, sorted(seen)


def test_the_tables_and_what_a_migration_sees_are_those_of_django(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():  # a database of its own, in memory
        made, expected = _made(only_what_changed_is_drawn()), _made(nullcontext())
    assert expected[1][0][0] == "Pair"
    assert made == expected


def test_creating_one_more_model_draws_one_class(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[set[tuple[str, str]]] = []
    reload = ProjectState._reload  # type: ignore[attr-defined]
    monkeypatch.setattr(ProjectState, "_reload", lambda state, keys: (drawn.append(set(keys)), reload(state, keys)))
    state = ProjectState()
    assert state.apps is not None
    with only_what_changed_is_drawn():
        for step in _steps([])[:5]:
            step.state_forwards("room", state)
    assert [sorted(name for _app, name in keys) for keys in drawn] == [
        ["unit"],
        ["person"],
        ["unit"],
        ["unit"],
        ["person"],
    ]


def test_libraries_come_first_and_what_they_need_of_ours_before_them(django_db_blocker: Any) -> None:
    handler = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
    with django_db_blocker.unblock(), libraries_come_first():
        executor = MigrationExecutor(handler["default"])
        plan = [migration for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    ours = [apps.get_app_config(migration.app_label).name.startswith(OURS) for migration in plan]
    last = max(place for place, is_ours in enumerate(ours) if not is_ours)
    before = [(each.app_label, each.name) for each, is_ours in zip(plan[:last], ours, strict=False) if is_ours]
    assert before == [("accounts", "0001_initial")]
    assert len(plan) == len(executor.loader.graph.nodes)
