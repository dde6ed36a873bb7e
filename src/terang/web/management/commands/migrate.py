"""`migrate`, with a fresh database ready in seconds instead of minutes (ADR 0042).

Django draws all models that are related to a changed one anew after each step of a migration. Here everything is
related to a person, so that a fresh database drew fifty thousand classes. A model that is only being created, and a
constraint or an index that is only being added, need no other class than their own: they alone are drawn, and the state
is marked as delayed, Django's own word for "draw everything before anybody's code looks at it". All other steps first
throw away what was drawn so and go Django's way. The migrations of libraries, which take many such steps, come first:
then there is little to draw.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.core.management.commands import migrate
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ModelState, ProjectState

OURS = "terang."


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with only_what_changed_is_drawn(), libraries_come_first():
            super().handle(*args, **options)


@contextmanager
def only_what_changed_is_drawn() -> Iterator[None]:
    """Within it, states of migrations draw a created model, and one with another constraint or index, alone."""
    its: Any = ProjectState
    find, add = its._find_reload_model, its.add_field

    def add_model(state: Any, model: ModelState) -> None:
        key = model.app_label, model.name_lower
        state.models[key] = model
        if state._relations is not None:
            state.resolve_model_relations(key)
        _draw_alone(state, key)

    def append_option(state: Any, app_label: str, model_name: str, name: str, added: Any) -> None:
        model = state.models[app_label, model_name]
        model.options[name] = [*model.options[name], added]
        _draw_alone(state, (app_label, model_name))

    def add_field(state: Any, app_label: str, model_name: str, name: str, field: Any, preserve_default: bool) -> None:
        with patch.object(its, "reload_model", lambda *_args, **_options: None):
            add(state, app_label, model_name, name, field, preserve_default)
        _draw_alone(state, (app_label, model_name))

    def find_reload_model(state: Any, app_label: str, model_name: str, delay: bool = False) -> Any:
        if state.is_delayed:
            state.clear_delayed_apps_cache()
            state.is_delayed = False
        return find(state, app_label, model_name, delay)

    with (
        patch.object(its, "add_model", add_model),
        patch.object(its, "add_field", add_field),
        patch.object(its, "_append_option", append_option),
        patch.object(its, "_find_reload_model", find_reload_model),
    ):
        yield


@contextmanager
def libraries_come_first() -> Iterator[None]:
    """Within it, migrations of libraries run before ours, but for those of ours that they need."""
    its: Any = MigrationGraph
    leaves = its.leaf_nodes

    def leaf_nodes(graph: Any, app: str | None = None) -> list[tuple[str, str]]:
        return sorted(leaves(graph, app), key=lambda node: (apps.get_app_config(node[0]).name.startswith(OURS), node))

    with patch.object(its, "leaf_nodes", leaf_nodes):
        yield


def _draw_alone(state: Any, key: tuple[str, str]) -> None:
    if "apps" in state.__dict__:
        state.is_delayed = True
        state._reload({key})
