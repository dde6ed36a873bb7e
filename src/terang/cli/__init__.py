"""The command `terang`: our commands, and Django's management commands for everything else.

Each module of this package that has `NAME`, `HELP`, `configure(parser)` and `run(args) -> int` is a command; it is
found by itself, no list is kept. Such a module imports heavy things (Django, Polars) inside `run` only: asking for a
sample size must not wait for a web framework. A command refuses bad input by raising `CliError` or `RuleInputError`.
"""

import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from terang.cli.django import settle_environment
from terang.cli.output import CliError, IndonesianParser, complain
from terang.config.env import ConfigurationError
from terang.rules.errors import RuleInputError

UNSET = "Semua variabel ada di docs/operations.md. Untuk mencoba dengan data rekaan: ./run"
_CONTRACT = ("NAME", "HELP", "configure", "run")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 only on success, 1 for refused input, 2 for a mistyped command."""
    words = list(sys.argv[1:] if argv is None else argv)
    ours = commands()
    if words and not words[0].startswith("-") and words[0] not in ours:
        return _django(words)
    parser = _parser(ours)
    if not words:
        parser.print_help()
        return 2
    args = parser.parse_args(words)
    try:
        return int(args.run(args))
    except (CliError, RuleInputError) as error:
        complain(error.message, error.hint)
    except ConfigurationError as error:
        complain(str(error), UNSET)
    except FileNotFoundError as error:
        complain(f"Berkas {error.filename} tidak ditemukan.", "Periksa nama dan foldernya.")
    except IsADirectoryError as error:
        complain(f"{error.filename} adalah folder, bukan berkas.", "Sebutkan nama berkasnya.")
    except PermissionError as error:
        complain(f"Berkas {error.filename} tidak boleh dibaca atau ditulis.", "Periksa hak aksesnya.")
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        complain(f"Berkas {error.filename} tidak dapat dibaca atau ditulis: {error.strerror}.")
    except KeyboardInterrupt:
        complain("Dihentikan.")
        return 130
    return 1


def commands() -> dict[str, ModuleType]:
    """Our commands by name, from the modules of this package."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {module.NAME: module for module in modules if all(hasattr(module, part) for part in _CONTRACT)}


def _parser(ours: dict[str, ModuleType]) -> IndonesianParser:
    parser = IndonesianParser(
        prog="terang",
        description="Terang: kinerja ASN yang terang.",
        epilog="Perintah Django (migrate, check, shell, …) juga dapat dijalankan: terang help.",
    )
    choices = parser.add_subparsers(title="perintah", metavar="PERINTAH", required=True)
    for name, module in ours.items():
        child = choices.add_parser(name, help=module.HELP, description=module.HELP)
        module.configure(child)
        if child.get_default("run") is None:
            child.set_defaults(run=module.run)
    return parser


def _django(words: list[str]) -> int:
    settle_environment()
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["terang", *words])
    except ConfigurationError as error:
        complain(str(error), UNSET)
        return 1
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    return 0
