"""Typed readers for the environment: every variable of Terang is read here and nowhere else."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class ConfigurationError(Exception):
    """A variable is missing or malformed; the message says what to set."""


def text(name: str, default: str | None = None) -> str:
    """The variable as text. A value `@/path` is read from that file: secrets can stay out of here."""
    value = os.environ.get(name, default)
    if value is None:
        raise ConfigurationError(f"Atur variabel lingkungan {name}.")
    return Path(value[1:]).read_text().strip() if value.startswith("@/") else value


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() not in {"0", "1", "true", "false"}:
        raise ConfigurationError(f"{name} harus 0 atau 1, bukan {value!r}.")
    return value.lower() in {"1", "true"}


def number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        raise ConfigurationError(f"{name} harus bilangan bulat, bukan {value!r}.")
    return int(value)


def choice(name: str, default: str, known: tuple[str, ...]) -> str:
    value = os.environ.get(name, default)
    if value not in known:
        raise ConfigurationError(f"{name} harus salah satu dari {', '.join(known)}, bukan {value!r}.")
    return value


def names(name: str, default: str) -> list[str]:
    return [item for item in (part.strip() for part in text(name, default).split(",")) if item]


def database(url: str) -> dict[str, object]:
    """Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name` (`?host=` for a socket)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host") or parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ConfigurationError("DATABASE_URL harus diawali sqlite:/// atau postgresql://.")
