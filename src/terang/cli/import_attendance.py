"""`terang import attendance FILE --device SERIAL`: keeps the punches of a file and derives the days it tells of."""

import argparse
from pathlib import Path
from typing import Any

from terang.cli.django import start_django
from terang.cli.output import CliError, answer, json_option

SERIALS_SHOWN = 10


def configure(kinds: Any) -> None:
    """Adds the kind to the kinds of `terang import`."""
    parser = kinds.add_parser(
        "attendance",
        help="rekaman alat presensi (attlog.dat, CSV, atau XLSX)",
        description="Memasukkan rekaman alat presensi lalu menghitung harinya. Berkas yang sama boleh diulang.",
    )
    parser.add_argument("file", metavar="BERKAS", type=Path)
    parser.add_argument("--device", metavar="NOMOR_SERI", required=True, help="alat asal berkas ini")
    parser.add_argument("--preview", action="store_true", help="hanya periksa; tidak ada yang disimpan sebagai rekaman")
    json_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 1 where the file or the device is of no use; what is unknown or unreadable in it is told."""
    data = args.file.read_bytes()
    start_django()
    from terang.evidence.attendance.models import BatchState
    from terang.evidence.attendance.services import batches
    from terang.rules.sentences import restored

    device = batches.find_device(args.device)
    if device is None:
        raise CliError(f"Alat {args.device} tidak dikenal.", f"Alat yang terdaftar: {_serials() or 'belum ada'}.")
    with _bar() as bar:

        def progress(done: int, total: int, doing: str) -> None:
            bar.set_description_str(doing)
            bar.total = total or None
            bar.update(done - bar.n)

        if args.preview:
            opened = batches.open_batch(device=device, name=args.file.name, data=data, uploaded_by=None)
            batch = batches.check(opened.pk, progress)
        else:
            batch = batches.import_file(device=device, name=args.file.name, data=data, progress=progress)
    if batch.state == BatchState.FAILED:
        raise CliError(str(restored(batch.message)))
    _tell(args, batch.found)
    return 0


def _bar() -> Any:
    from tqdm import tqdm

    return tqdm(leave=False, bar_format="{desc:<20} {bar:24} {n_fmt}/{total_fmt}", delay=0.5)


def _serials() -> str:
    from terang.evidence.attendance.models import Device

    return ", ".join(Device.objects.values_list("serial", flat=True)[:SERIALS_SHOWN])


def _tell(args: argparse.Namespace, found: dict[str, Any]) -> None:
    lines = [f"{found['lines']} rekaman, {found['first']} sampai {found['last']}."]
    if found["bad"]:
        lines.append(f"{found['bad']} baris tidak terbaca dan dilewati.")
    if found["future"]:
        lines.append(f"{found['future']} rekaman berjam masa depan dan tidak disimpan: periksa jam alat.")
    if found["unknown_pins"]:
        lines.append(f"{found['unknown_pins']} PIN belum dikenal; {found['unknown_punches']} rekamannya menunggu.")
    if args.preview:
        lines.append("Hanya diperiksa. Ulangi tanpa --preview untuk menyimpan.")
    else:
        lines.append(f"{found['new']} rekaman baru, {found['known']} sudah ada.")
        lines.append(f"{found['days']} hari dari {found['people']} pegawai dihitung.")
    answer(args, {**found, "applied": not args.preview}, "\n".join(lines))
