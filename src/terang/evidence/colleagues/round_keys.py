"""The keys of rounds (`custody.keys`), one each. When a round ends its key is destroyed, and with it every ballot in
every copy that was ever made."""

import uuid

from django.utils.translation import gettext

from terang.custody import keys
from terang.custody.keys import KeyMissing, destroy_key, has_key, make_key, names_of_keys
from terang.web.errors import NotNow

__all__ = ["destroy_key", "has_key", "make_key", "names_of_keys", "read_key"]


def read_key(name: uuid.UUID) -> bytes:
    """Raises NotNow where the file is missing or damaged, and says what to do."""
    try:
        return keys.read_key(name)
    except KeyMissing:
        raise NotNow(
            gettext(
                "Kunci putaran ini tidak ditemukan di server, jadi jawaban tidak dapat disimpan atau dibuka. Tidak ada "
                "yang berubah. Operator perlu mengembalikan berkas kuncinya; bila hilang, pengelola kepegawaian "
                "membatalkan putaran ini lalu membuka yang baru."
            )
        ) from None
