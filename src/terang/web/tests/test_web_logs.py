import logging

import pytest

from terang.web.logs import MaskSecrets, masked

KEY = "Zk3-abcDEF_0123456789"


@pytest.mark.parametrize(
    "path",
    [
        f"/pengaduan/ikuti/{KEY}/balas/",
        f"/layanan/lacak/t/{KEY}/",
        f"/layanan/survei/{KEY}/",
        f"/layanan/kios/{KEY}/hidup/3/",
        f"/akun/surel/{KEY}/",
        f"/akun/aktivasi/{KEY}/",
        f"/open311/v2/tokens/{KEY}.json",
    ],
)
def test_no_key_of_an_address_reaches_the_log(path, caplog):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path), None)
    assert MaskSecrets().filter(record)
    assert KEY not in record.getMessage()
    assert path.split(KEY)[0] in record.getMessage()
    assert KEY not in masked(f'GET {path}?x=1 HTTP/1.1" 404')


def test_the_handlers_of_the_house_mask(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secrets"]
    assert masked("/kegiatan/12/ dan /pengaduan/ADU-2222-2222/") == "/kegiatan/12/ dan /pengaduan/ADU-2222-2222/"
