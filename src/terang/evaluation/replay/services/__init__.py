"""The verbs of this room. None of them writes a score, or a journal entry about a person."""

from terang.evaluation.replay.preparing import prepare
from terang.evaluation.replay.services.starting import drop_unused, open_replay, prepare_again, start_replay

__all__ = ["drop_unused", "open_replay", "prepare", "prepare_again", "start_replay"]
