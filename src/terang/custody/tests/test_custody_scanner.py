"""A virus scanner that speaks clamd's protocol: what it says is believed, and its silence is never a yes."""

import socket
import threading
from contextlib import contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile

from terang.audit.models import JournalEntry
from terang.custody import chores
from terang.custody.models import Scan, StoredFile
from terang.custody.services import RejectedFileError, store_upload
from terang.custody.serving import file_response
from terang.web.errors import NotNow

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\n"
SIGN = b"TANDA-UJI-BUKAN-VIRUS"


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "v"}}
    }
    return tmp_path


def _read(line, count):
    data = b""
    while len(data) < count:
        part = line.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def _serve(listener, seen, answer):
    """As clamd: `zINSTREAM`, blocks with their length in four bytes, an empty one last; then one line that ends with
    a zero."""
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        with line:
            assert _read(line, 10) == b"zINSTREAM\0"
            content = b""
            while length := int.from_bytes(_read(line, 4), "big"):
                content += _read(line, length)
            seen.append(content)
            line.sendall(answer or (b"stream: Uji.Tanda FOUND\0" if SIGN in content else b"stream: OK\0"))


@contextmanager
def clamd(listener, answer=b""):
    seen = []
    listener.listen()
    threading.Thread(target=_serve, args=(listener, seen, answer), daemon=True).start()
    try:
        yield seen
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def by_network():
    listener = socket.create_server(("127.0.0.1", 0))
    return listener, f"clamd://127.0.0.1:{listener.getsockname()[1]}"


def upload(cast, content=PDF):
    return store_upload(SimpleUploadedFile("bukti.pdf", content), actor=cast.viewer("siti"))


def test_a_clean_file_is_taken_and_was_seen_whole(settings, cast):
    listener, settings.TERANG_VIRUS_SCANNER = by_network()
    content = PDF + b"x" * 300_000
    with clamd(listener) as seen:
        stored = upload(cast, content)
    assert stored.scan == Scan.CLEAN
    assert seen == [content]


def test_by_a_socket_of_this_machine(settings, cast, vault):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(vault / "c"))
    settings.TERANG_VIRUS_SCANNER = f"clamd://{vault / 'c'}"
    with clamd(listener):
        assert upload(cast).scan == Scan.CLEAN
        with pytest.raises(RejectedFileError):
            upload(cast, PDF + SIGN)


def test_an_infected_file_is_refused_and_leaves_nothing(settings, cast, vault):
    listener, settings.TERANG_VIRUS_SCANNER = by_network()
    with clamd(listener), pytest.raises(RejectedFileError) as refused:
        upload(cast, PDF + SIGN)
    assert refused.value.code == "virus"
    assert "virus" in refused.value.messages[0]
    assert not StoredFile.objects.exists()
    assert not (vault / "v").exists()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: entah\0", b"\0"])
def test_an_answer_nobody_understands_is_no_yes(settings, cast, answer):
    listener, settings.TERANG_VIRUS_SCANNER = by_network()
    with clamd(listener, answer), pytest.raises(RejectedFileError) as refused:
        upload(cast)
    assert refused.value.code == "scanner"


def test_a_scanner_that_is_down_refuses_and_says_when_to_come_again(settings, cast):
    listener, settings.TERANG_VIRUS_SCANNER = by_network()
    listener.close()
    with pytest.raises(RejectedFileError, match="Coba lagi nanti"):
        upload(cast)
    assert not StoredFile.objects.exists()


def test_kept_by_setting_it_stays_closed_until_the_scanner_has_spoken(settings, cast):
    listener, settings.TERANG_VIRUS_SCANNER = by_network()
    listener.close()
    settings.TERANG_VIRUS_SCANNER_DOWN = "tunda"
    good, bad = upload(cast), upload(cast, PDF + SIGN)
    for stored in (good, bad):
        assert stored.scan == Scan.PENDING
        with pytest.raises(NotNow):
            file_response(stored)
    chores.scan_waiting()
    assert StoredFile.objects.filter(scan=Scan.PENDING).count() == 2
    listener, settings.TERANG_VIRUS_SCANNER = by_network()
    with clamd(listener):
        chores.scan_waiting()
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.scan, bad.scan) == (Scan.CLEAN, Scan.INFECTED)
    assert file_response(good).status_code == 200
    with pytest.raises(NotNow, match="virus"):
        file_response(bad)
    assert JournalEntry.objects.get(verb="custody.file_quarantined").object_id == bad.pk


def test_without_a_scanner_nothing_is_claimed(settings, cast):
    settings.TERANG_VIRUS_SCANNER = ""
    assert upload(cast).scan == Scan.NONE


def test_a_wrong_address_is_no_silent_yes(settings, cast):
    settings.TERANG_VIRUS_SCANNER = "http://127.0.0.1"
    with pytest.raises(ImproperlyConfigured):
        upload(cast)
