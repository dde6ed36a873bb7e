"""The government's signature: with a certificate made here, checked by pyHanko and by OpenSSL, broken by one byte."""

import io
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from terang.reporting.documents.models import Kind
from terang.reporting.documents.services import bytes_of, issue_plan
from terang.reporting.documents.signing import SigningError, load_signer, sign
from terang.reporting.documents.tests.documents_cases import document_of, occasion_of
from terang.reporting.documents.tests.test_documents_issuing import agreed, own_vault  # noqa: F401

PASSWORD = "melati-mekar"


@dataclass
class Office:
    """A root and a PKCS#12 file of a fictional government."""

    root: object
    p12: object


def _certificate(name, key, issuer, issuer_key, *, root):
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not root,
                content_commitment=not root,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=root,
                crl_sign=root,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kantor")
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Akar Uji Kota Terang")])
    root = _certificate("Akar Uji Kota Terang", root_key, name, root_key, root=True)
    own = _certificate("Pemerintah Kota Terang", key, name, root_key, root=False)
    (folder / "akar.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    (folder / "kantor.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"kantor", key, own, [root], serialization.BestAvailableEncryption(PASSWORD.encode())
        )
    )
    return Office(folder / "akar.pem", folder / "kantor.p12")


@pytest.fixture
def signing(settings, office):
    settings.SIGNING_P12, settings.SIGNING_PASSWORD = str(office.p12), PASSWORD


@pytest.fixture
def signed(signing):
    from datetime import date

    from terang.reporting.documents.rendering import render
    from terang.reporting.documents.sheets import plan_sheet

    sheet = plan_sheet(document_of("bidan_penyelia"), occasion_of("bidan_penyelia"))
    return sign(render([sheet], title="SKP", author="Uji", made_on=date(2026, 1, 12)), agency="Pemerintah Kota Terang")


def status_of(pdf, office):
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    context = ValidationContext(trust_roots=[load_cert_from_pemder(str(office.root))], allow_fetching=False)
    return validate_pdf_signature(signature, context)


def test_the_signature_is_sound_and_covers_the_whole_file(signed, office):
    status = status_of(signed, office)
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level == ModificationLevel.NONE
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.docmdp_level.value == 1, "no change at all is allowed"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_one_changed_byte_breaks_it(signed, office):
    place = signed.index(b"/MediaBox")
    broken = signed[:place] + b"/mediaBox" + signed[place + 9 :]
    assert not status_of(broken, office).intact


def test_openssl_agrees(signed, office, tmp_path):
    """The bytes that the signature covers, checked by a program that knows nothing of PDF."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed here")
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    first, length, second, rest = signature.sig_object["/ByteRange"]
    covered = signed[first : first + length] + signed[second : second + rest]
    (tmp_path / "isi").write_bytes(covered)
    (tmp_path / "tanda.der").write_bytes(signature.pkcs7_content)

    def verified(content):
        words = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(tmp_path / "tanda.der")]
        words += ["-content", str(content), "-CAfile", str(office.root), "-purpose", "any", "-out", "/dev/null"]
        return subprocess.run(words, capture_output=True, text=True)

    assert verified(tmp_path / "isi").returncode == 0, verified(tmp_path / "isi").stderr
    (tmp_path / "lain").write_bytes(covered[:-1] + bytes([covered[-1] ^ 1]))
    assert verified(tmp_path / "lain").returncode != 0


def test_issued_documents_are_signed_where_a_certificate_is_set(cast, signing, office):
    issued = issue_plan(version=agreed(cast), kind=Kind.PLAN)
    assert issued.signed
    assert status_of(bytes_of(issued), office).bottom_line


def test_without_a_certificate_nothing_is_signed(cast, settings):
    settings.SIGNING_P12 = ""
    issued = issue_plan(version=agreed(cast), kind=Kind.PLAN)
    assert not issued.signed
    assert not PdfFileReader(io.BytesIO(bytes_of(issued))).embedded_signatures


@pytest.mark.parametrize(
    ("path", "password", "told"),
    [("tidak-ada.p12", PASSWORD, "tidak ada"), ("", "salah", "TERANG_SIGNING_PASSWORD")],
)
def test_a_wrong_setting_is_told(settings, office, path, password, told):
    settings.SIGNING_P12, settings.SIGNING_PASSWORD = path or str(office.p12), password
    with pytest.raises(SigningError, match=told):
        load_signer()
