"""Keeps secrets that stand in addresses out of the log: who reads a log must not hold a citizen's key.

Django writes the path of every refused request; some paths carry a link secret, an activation code or a token.
"""

import logging
import re

SECRET_PATHS = ("ikuti", "lacak/t", "survei", "kios", "surel", "aktivasi", "tokens", "setel-ulang")
"""Parts of addresses after which a secret stands."""
_SECRET = re.compile(rf"(/(?:{'|'.join(SECRET_PATHS)})/)[^/\s\"'?]+")
HIDDEN = r"\1***"


def masked(text: str) -> str:
    """The text with every such secret replaced."""
    return _SECRET.sub(HIDDEN, text)


class MaskSecrets(logging.Filter):
    """Masks message and arguments of every record; lets all pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = masked(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(masked(each) if isinstance(each, str) else each for each in record.args)
        elif isinstance(record.args, dict):
            record.args = {key: masked(each) if isinstance(each, str) else each for key, each in record.args.items()}
        return True
