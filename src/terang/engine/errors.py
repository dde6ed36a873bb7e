"""What can go wrong between a folder of evidence and a score, in words that say what to do."""

from collections.abc import Sequence


class EvidenceError(Exception):
    """The evidence cannot be evaluated. `problems` are Indonesian sentences, one per fault, all of them at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class EngineUnavailableError(Exception):
    """The engine that was asked for is not installed. The message says what to install."""
