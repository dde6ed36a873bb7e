"""`terang account`: the first administrator of an installation that has no default account."""

import csv
import json
import re

import pytest

from terang.accounts.models import User
from terang.accounts.services import redeem_code
from terang.cli import main
from terang.registry.people.models import Employee

pytestmark = pytest.mark.django_db
NIP = "199001012015011234"


def told(capsys, *words: str) -> dict:
    assert main(["account", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_first_administrator_from_nothing_to_a_password(capsys):
    made = told(capsys, "create", "--nip", "19900101 201501 1 234", "--name", "Ani Pertiwi")
    assert made["nip"] == NIP
    assert re.fullmatch(r"http://localhost:8000/akun/aktivasi/[A-Z2-9-]{14}/", made["link"])
    assert not User.objects.get().has_usable_password()
    assert redeem_code(nip=NIP, code=made["code"], password="teh-poci-sore-hari-9") is not None


def test_account_is_linked_to_the_employee_who_has_the_nip(capsys, cast):
    Employee.objects.filter(pk=cast.andi.pk).update(user=None)
    User.objects.filter(nip=cast.andi.nip).delete()
    assert told(capsys, "create", "--nip", cast.andi.nip, "--name", cast.andi.name)["employee"] is True
    assert Employee.objects.get(pk=cast.andi.pk).user.nip == cast.andi.nip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["create", "--nip", "123", "--name", "Ani"], "18 angka"),
        (["activate", NIP], "Tidak ada akun"),
        (["activate"], "Sebutkan NIP"),
        (["activate", "--all"], "--out"),
        (["reset-code", NIP], "Tidak ada akun"),
        (["roles", NIP], "Tidak ada pegawai"),
    ],
)
def test_refusals_say_what_to_do(capsys, db, words, sentence):
    assert main(["account", *words]) == 1
    assert sentence in capsys.readouterr().err


def test_account_is_not_made_twice(capsys, db):
    told(capsys, "create", "--nip", NIP, "--name", "Ani")
    assert main(["account", "create", "--nip", NIP, "--name", "Ani"]) == 1
    assert User.objects.count() == 1


def test_codes_for_all_who_have_no_password(capsys, cast, tmp_path):
    Employee.objects.filter(pk=cast.rina.pk).update(user=None)
    User.objects.filter(nip=cast.rina.nip).delete()
    user = cast.andi.user
    user.set_password("teh-poci-sore-hari-9")
    user.save()
    file = tmp_path / "kode.csv"
    issued = told(capsys, "activate", "--all", "--out", str(file))["issued"]
    rows = list(csv.DictReader(file.open()))
    assert len(rows) == issued == Employee.objects.count() - 1
    assert user.nip not in {row["nip"] for row in rows}
    assert file.stat().st_mode & 0o077 == 0
    rina = next(row for row in rows if row["nip"] == cast.rina.nip)
    assert redeem_code(nip=rina["nip"], code=rina["kode"], password="teh-poci-sore-hari-9") is not None


def test_existing_file_is_not_overwritten(capsys, cast, tmp_path):
    file = tmp_path / "kode.csv"
    file.write_text("jangan hilang")
    assert main(["account", "activate", "--all", "--out", str(file)]) == 1
    assert file.read_text() == "jangan hilang"


def test_roles_are_granted_and_ended(capsys, cast):
    assert told(capsys, "roles", cast.siti.nip, "--grant", "auditor")["roles"] == ["auditor"]
    assert told(capsys, "roles", cast.siti.nip, "--end", "auditor")["roles"] == []
    assert main(["account", "roles", cast.siti.nip, "--grant", "raja"]) == 1
