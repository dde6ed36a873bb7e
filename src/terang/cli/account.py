"""`terang account`: accounts from the command line, such as the first administrator of a new installation.

There is no default account. `create` makes one, `roles --grant kepegawaian` appoints it, `activate` prints a one-time
link with which the person sets a password.
"""

import argparse
import csv
import os
from pathlib import Path
from typing import Any

from terang.cli.django import start_django
from terang.cli.output import CliError, answer, json_option

NAME = "account"
HELP = "akun: membuat, mengaktifkan, memulihkan, dan menunjuk peran"


def configure(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True)
    create = choices.add_parser("create", help="membuat akun dan mencetak tautan aktivasinya")
    create.add_argument("--nip", required=True, help="NIP, 18 angka")
    create.add_argument("--name", required=True, help="nama lengkap")
    create.add_argument("--email", default="", help="surel, bila ada")
    activate = choices.add_parser(
        "activate", help="mencetak tautan aktivasi, untuk satu orang atau semua yang belum aktif"
    )
    activate.add_argument("nip", nargs="?", help="NIP; tidak perlu bila memakai --all")
    activate.add_argument("--all", action="store_true", help="semua pegawai yang belum punya kata sandi")
    activate.add_argument("--out", type=Path, metavar="BERKAS", help="berkas CSV untuk --all: nip, nama, kode")
    reset = choices.add_parser("reset-code", help="mencetak kode pemulihan yang berlaku 24 jam")
    reset.add_argument("nip", help="NIP, 18 angka")
    reset.add_argument("--drop-factors", action="store_true", help="faktor kedua ikut dihapus (ponsel hilang)")
    roles = choices.add_parser("roles", help="menampilkan, memberi, atau mengakhiri peran")
    roles.add_argument("nip", help="NIP, 18 angka")
    roles.add_argument("--grant", metavar="PERAN", help="memberi peran mulai hari ini")
    roles.add_argument("--end", metavar="PERAN", help="mengakhiri peran mulai hari ini")
    roles.add_argument("--document", default="", help="dasar penunjukan, misalnya nomor SK")
    for child, action in ((create, _create), (activate, _activate), (reset, _reset), (roles, _roles)):
        json_option(child)
        child.set_defaults(run=action)


def run(args: argparse.Namespace) -> int:
    """Never reached by itself: an action is required."""
    raise CliError("Sebutkan tindakannya.", "Lihat: terang account --help")


def _create(args: argparse.Namespace) -> int:
    start_django()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from terang.accounts.models import Purpose, User
    from terang.accounts.services import create_account, issue_code
    from terang.registry.people.models import Employee

    if User.objects.filter(nip=_digits(args.nip)).exists():
        raise CliError(f"Akun dengan NIP {args.nip} sudah ada.", "Aktifkan dengan: terang account activate NIP")
    with transaction.atomic():
        try:
            user = create_account(actor=None, nip=_digits(args.nip), name=args.name, email=args.email)
        except ValidationError as error:
            raise CliError(" ".join(error.messages)) from error
        linked = bool(Employee.objects.filter(nip=user.nip, user=None).update(user=user))
        code = issue_code(actor=None, user=user, purpose=Purpose.ACTIVATION)
    note = "" if linked else "\nBelum ada pegawai dengan NIP ini; akun terhubung sendiri begitu pegawainya diimpor."
    payload = {"nip": user.nip, "name": user.name, "link": _link(code), "code": code, "employee": linked}
    answer(args, payload, f"{_told(payload)}{note}")
    return 0


def _activate(args: argparse.Namespace) -> int:
    start_django()
    from terang.accounts.models import Purpose
    from terang.accounts.services import issue_code

    if args.all:
        return _activate_all(args)
    if not args.nip:
        raise CliError("Sebutkan NIP, atau pakai --all --out BERKAS.")
    user = _user(args.nip)
    if user.has_usable_password():
        raise CliError(f"{user.name} sudah punya kata sandi.", "Untuk memulihkan: terang account reset-code NIP")
    code = issue_code(actor=None, user=user, purpose=Purpose.ACTIVATION)
    payload = {"nip": user.nip, "name": user.name, "link": _link(code), "code": code}
    answer(args, payload, _told(payload))
    return 0


def _activate_all(args: argparse.Namespace) -> int:
    from django.db import transaction
    from tqdm import tqdm

    from terang.accounts.models import Purpose, User
    from terang.accounts.services import create_account, issue_code
    from terang.registry.people.models import Employee

    if args.out is None:
        raise CliError("Sebutkan berkas tujuan dengan --out.", "Contoh: terang account activate --all --out kode.csv")
    rows = []
    with transaction.atomic():
        for employee in Employee.objects.filter(user=None, left_on=None):
            user = User.objects.filter(nip=employee.nip).first() or create_account(
                actor=None, nip=employee.nip, name=employee.name, email=employee.email
            )
            Employee.objects.filter(pk=employee.pk).update(user=user)
        waiting = User.objects.filter(is_active=True, password__startswith="!", employee__isnull=False)  # noqa: S106
        for user in tqdm(waiting, desc="Menerbitkan kode", disable=args.json):
            rows.append((user.nip, user.name, issue_code(actor=None, user=user, purpose=Purpose.ACTIVATION)))
        _write_codes(args.out, rows)
    answer(
        args,
        {"issued": len(rows), "file": str(args.out)},
        f"{len(rows)} kode ditulis ke {args.out}. Simpan dan bagikan dengan aman.",
    )
    return 0


def _write_codes(path: Path, rows: list[tuple[str, str, str]]) -> None:
    """Readable by the owner only: whoever has this file can become any of these people."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["nip", "nama", "kode"])
        writer.writerows(rows)


def _reset(args: argparse.Namespace) -> int:
    start_django()
    from terang.accounts.models import Purpose
    from terang.accounts.services import issue_code

    user = _user(args.nip)
    code = issue_code(actor=None, user=user, purpose=Purpose.RECOVERY, drops_factors=args.drop_factors)
    payload = {"nip": user.nip, "name": user.name, "link": _link(code), "code": code}
    answer(args, payload, _told(payload))
    return 0


def _roles(args: argparse.Namespace) -> int:
    start_django()
    from django.db import transaction
    from django.utils import timezone

    from terang.audit.services import record
    from terang.registry.people.models import Employee, Role, RoleGrant
    from terang.registry.people.viewer import in_force

    employee = Employee.objects.filter(nip=_digits(args.nip)).first()
    if employee is None:
        raise CliError(f"Tidak ada pegawai dengan NIP {args.nip}.", "Impor dahulu: terang import people BERKAS")
    for role in filter(None, (args.grant, args.end)):
        if role not in Role.values:
            raise CliError(f"Peran “{role}” tidak dikenal.", f"Pilih salah satu: {', '.join(Role.values)}.")
    today = timezone.localdate()
    in_force_now = RoleGrant.objects.filter(in_force(today), employee=employee)
    with transaction.atomic():
        if args.grant and not in_force_now.filter(role=args.grant, unit=None).exists():
            grant = RoleGrant.objects.create(
                employee=employee, role=args.grant, starts_on=today, document=args.document
            )
            record(
                "people.role_granted", actor=None, obj=grant, agency_id=employee.agency_id, changes={"role": args.grant}
            )
        if args.end:
            for grant in in_force_now.filter(role=args.end):
                record(
                    "people.role_ended", actor=None, obj=grant, agency_id=employee.agency_id, changes={"role": args.end}
                )
            in_force_now.filter(role=args.end).update(ends_on=today)
    held = sorted(in_force_now.values_list("role", flat=True))
    answer(
        args,
        {"nip": employee.nip, "roles": held},
        f"{employee.name}: {', '.join(held) or 'tidak ada peran yang ditunjuk'}",
    )
    return 0


def _digits(text: str) -> str:
    return "".join(text.split())


def _user(nip: str) -> Any:
    from terang.accounts.models import User

    user = User.objects.filter(nip=_digits(nip)).first()
    if user is None:
        raise CliError(f"Tidak ada akun dengan NIP {nip}.", "Buat dengan: terang account create --nip … --name …")
    return user


def _link(code: str) -> str:
    """The address of the activation page on this installation: the first trusted origin, otherwise this machine."""
    from django.conf import settings
    from django.urls import reverse

    origin = settings.CSRF_TRUSTED_ORIGINS[0] if settings.CSRF_TRUSTED_ORIGINS else "http://localhost:8000"
    return f"{origin.rstrip('/')}{reverse('accounts:activate', args=[code])}"


def _told(payload: dict[str, Any]) -> str:
    return f"{payload['name']} ({payload['nip']})\nTautan sekali pakai: {payload['link']}\nAtau kode: {payload['code']}"
