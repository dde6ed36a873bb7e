"""The government's signature on issued documents (PAdES): optional, with a certificate from a PKCS#12 file.

The signature certifies the file and allows no change at all (DocMDP level 1).
"""

import io
from pathlib import Path

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

FIELD = "Tanda tangan instansi"


class SigningError(Exception):
    """The certificate cannot be used; the message says what to set, in Indonesian."""


def is_configured() -> bool:
    """Whether documents are to be signed."""
    return bool(settings.SIGNING_P12)


def sign(pdf: bytes, *, agency: str) -> bytes:
    """The file with a certifying signature. Raises SigningError where the certificate cannot be used."""
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        name=agency,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signed = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, signer=load_signer())
    return bytes(signed.getbuffer())


def load_signer() -> signers.SimpleSigner:
    """Key and certificate of the settings. Raises SigningError."""
    path = Path(settings.SIGNING_P12)
    if not path.is_file():
        raise SigningError(f"TERANG_SIGNING_P12: berkas {path} tidak ada. Sebutkan berkas PKCS#12 (.p12).")
    try:
        signer = signers.SimpleSigner.load_pkcs12(str(path), passphrase=settings.SIGNING_PASSWORD.encode())
    except (OSError, ValueError) as error:
        raise SigningError(f"TERANG_SIGNING_P12: {path} tidak terbaca: {error}.") from error
    if signer is None:
        raise SigningError(
            f"TERANG_SIGNING_P12: {path} tidak dapat dibuka. "
            "Periksa TERANG_SIGNING_PASSWORD, dan apakah berkasnya PKCS#12."
        )
    return signer
