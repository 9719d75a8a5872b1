"""What does not fit in a cell."""


class Misfit(ValueError):  # noqa: N818  (the word says it)
    """A cell does not fit what it fills: `role`, and `code`, a key of wording.MISFITS."""

    def __init__(self, role: str, code: str) -> None:
        super().__init__(code)
        self.role, self.code = role, code
