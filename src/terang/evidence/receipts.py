"""The receipt number of a row: short, readable aloud, with a check letter, and the same whenever it is asked for.

31 signs: without I, L, O and S, which are mistaken for others, and without the K that receipts of entries begin with;
those of points of a visit begin with S. The last one is a check: as 31 is prime and every place has a weight of its
own, one wrong sign and two swapped ones are always noticed.
"""

SIGNS = "0123456789ABCDEFGHJMNPQRTUVWXYZ"
SHORTEST = 5
ENTRY, POINT = "K", "S"
"""What a receipt begins with."""


def receipt_of(number: int, prefix: str = ENTRY) -> str:
    """The receipt of the row with this id (from 1): 12345 → "K-00C-V7F", longer from the 28,629,151st on."""
    digits = _digits(number)
    signs = digits + _check(digits)
    head = len(signs) % 3
    groups = [signs[:head]] * bool(head) + [signs[at : at + 3] for at in range(head, len(signs), 3)]
    return "-".join([prefix, *groups])


def id_of(receipt: str, prefix: str = ENTRY) -> int | None:
    """The id behind a receipt as somebody typed it (case, spaces, dashes and the prefix do not matter); None where it
    is none."""
    return _number("".join(receipt.upper().replace("-", " ").split()).removeprefix(prefix))


def _number(signs: str) -> int | None:
    digits, check = signs[:-1], signs[-1:]
    if not SHORTEST <= len(digits) <= 12 or not set(signs) <= set(SIGNS) or _check(digits) != check:
        return None
    number = 0
    for sign in digits:
        number = number * len(SIGNS) + SIGNS.index(sign)
    return number or None


def _digits(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, len(SIGNS))
        digits = SIGNS[rest] + digits
    return digits.rjust(SHORTEST, SIGNS[0])


def _check(digits: str) -> str:
    """Weights 2, 3, … from the last digit on; the check itself has the weight 1."""
    weighed = sum(SIGNS.index(sign) * weight for weight, sign in enumerate(reversed(digits), start=2))
    return SIGNS[-weighed % len(SIGNS)]
