"""The verbs of careers. Each checks who and when, changes in one transaction, and writes the journal."""

from terang.follow_up.career.services.computing import compute, every_hour
from terang.follow_up.career.services.deciding import Ruling, decide, propose_post, propose_rank
from terang.follow_up.career.services.declaring import Told, answer_contest, confirm, contest, declare, send_back
from terang.follow_up.career.services.pools import answer_pool, close_pool, open_pool

__all__ = [
    "Ruling",
    "Told",
    "answer_contest",
    "answer_pool",
    "close_pool",
    "compute",
    "confirm",
    "contest",
    "decide",
    "declare",
    "every_hour",
    "open_pool",
    "propose_post",
    "propose_rank",
    "send_back",
]
