"""Starting Django for those commands that need the database."""

import os
from pathlib import Path

KEY = "secret.key"
"""The secret key the demo makes for its own data folder."""


def settle_environment() -> None:
    """Names the settings. Where no secret key is set and the data folder is a demo's, the commands mean that demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terang.config.settings")
    key = data_folder() / KEY
    if "TERANG_SECRET_KEY" not in os.environ and key.exists():
        enter_demo(key)


def enter_demo(key: Path) -> None:
    """Demo mode for this process and its children, with the data and the key that lie beside each other."""
    os.environ.setdefault("TERANG_DATA", str(key.parent))
    os.environ.setdefault("TERANG_DEMO", "1")
    os.environ.setdefault("TERANG_SECRET_KEY", f"@{key}")


def data_folder() -> Path:
    """`TERANG_DATA`, or `var` in the clone."""
    return Path(os.environ.get("TERANG_DATA") or Path(__file__).parents[3] / "var").resolve()


def start_django() -> None:
    """Loads the settings and the rooms; commands call it inside `run`, never at import."""
    import django

    settle_environment()
    django.setup()
