"""The one error of the rules: input that a rule cannot work with."""


class RuleInputError(ValueError):
    """Input outside what a rule knows. `message` says what is wrong, `hint` what to do; both Indonesian sentences."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())
