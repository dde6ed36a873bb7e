"""Starting Django for those commands that need the database."""

import os


def start_django() -> None:
    """Loads the settings and the rooms; commands call it inside `run`, never at import."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terang.config.settings")
    django.setup()
