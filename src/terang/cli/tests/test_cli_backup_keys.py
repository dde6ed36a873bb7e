"""The keys of rounds of review lie beside what a backup saves, and never in it."""

import tarfile
import uuid

from terang.cli import backup
from terang.evidence.colleagues import round_keys


def test_a_backup_has_no_key_of_a_round(tmp_path, settings, monkeypatch):
    settings.DATA = tmp_path / "data"
    settings.TERANG_REVIEW_KEYS = settings.DATA / "review-keys"
    (settings.DATA / "files").mkdir(parents=True)
    (settings.DATA / "files" / "surat.pdf").write_bytes(b"%PDF")
    name = uuid.uuid4()
    key = round_keys.make_key(name)
    monkeypatch.setattr(backup, "dump_database", lambda _database, target: target.write_bytes(b"rows") and "sqlite")
    archive = tmp_path / "draft.tar"
    backup._write(archive, tmp_path, settings)
    with tarfile.open(archive) as saved:
        assert set(saved.getnames()) == {"terang.json", "database", "files", "files/surat.pdf"}
    assert key not in archive.read_bytes()
    assert round_keys.has_key(name)
