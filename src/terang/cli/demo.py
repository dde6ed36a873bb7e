"""`terang demo`: fills the database with five fictional governments, and serves them with --serve."""

import argparse
import os
import secrets

from terang.cli.django import KEY, data_folder, enter_demo
from terang.cli.output import CliError

NAME = "demo"
HELP = "mengisi lima pemerintah daerah rekaan; dengan --serve langsung menjalankannya"
PORT = 8000


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--employees", type=int, default=80, help="jumlah pegawai pemerintah pertama (bawaan 80)")
    parser.add_argument("--only", metavar="KODE", nargs="+", help="hanya pemerintah ini, misalnya makassar palu")
    parser.add_argument("--serve", action="store_true", help="jalankan situsnya di 127.0.0.1 setelah terisi")
    parser.add_argument(
        "--port", type=int, default=PORT, help="porta halaman; pembaruan langsung memakai porta berikutnya"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if not 80 <= args.employees <= 100_000:
        raise CliError("Jumlah pegawai harus antara 80 dan 100.000.", "Contoh: terang demo --employees 10000")
    _enter_demo_mode(args.port)
    from terang.cli.setup import set_up

    set_up()
    _fill(args)
    if args.serve:
        from terang.cli.serve import serve

        return serve(host="127.0.0.1", port=args.port)
    return 0


def _enter_demo_mode(port: int) -> None:
    """Demo settings for this process and its children, with a secret key of this machine's own."""
    key = data_folder() / KEY
    key.parent.mkdir(parents=True, exist_ok=True)
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48))
    enter_demo(key)
    os.environ.setdefault("TERANG_LIVE_URL", f"http://127.0.0.1:{port + 1}")


def _fill(args: argparse.Namespace) -> None:
    from django.utils import timezone
    from tqdm import tqdm

    from terang.demo.blueprint import CODES
    from terang.demo.fill import fill, is_filled, steps

    codes = tuple(args.only or CODES)
    if unknown := [code for code in codes if code not in CODES]:
        raise CliError(f"Tidak ada pemerintah demo bernama {unknown[0]}.", f"Pilih dari: {', '.join(CODES)}.")
    if is_filled():
        return
    with tqdm(
        total=steps(codes), desc="Mengisi demo", bar_format="{desc:<52} {bar:24} {percentage:3.0f} % {elapsed}"
    ) as bar:

        def progress(step: str) -> None:
            bar.set_description_str(step)
            bar.update()

        fill(timezone.localdate(), codes=codes, employees=args.employees, progress=progress)
