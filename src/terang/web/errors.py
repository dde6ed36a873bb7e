"""The three ways a verb refuses, each with a reason a person can read. Views let them pass; the shell draws them.

Access and state are two questions: `NotAllowed` says this person may not, `NotNow` says nobody may in this state,
`Stale` says somebody else was quicker.
"""


class Refusal(Exception):
    """A verb that refuses. `reason` is plain Indonesian (translated) and says what to do instead."""

    status = 400

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refusal):
    """This viewer may not do or see this (403)."""

    status = 403


class NotNow(Refusal):
    """The object's state does not allow this (409)."""

    status = 409


class Stale(Refusal):
    """The page was older than the row: somebody changed it meanwhile (409). Nothing was overwritten."""

    status = 409
