"""Why a record of people did not do what somebody asked: a code and parameters; `wording.py` says them."""


class Refusal(ValueError):  # noqa: N818  (the word says it)
    """The record stays as it was. `code` is one of wording.REFUSALS, `params` what its sentence names."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Stale(Refusal):
    """Somebody changed the record meanwhile: `theirs` is what stands now, `yours` what was to be written."""

    def __init__(self, field: str, theirs: object, yours: object) -> None:
        super().__init__("stale", field=field)
        self.field = field
        self.theirs = theirs
        self.yours = yours


class NameMissing(Refusal):
    """A record needs a name."""

    def __init__(self) -> None:
        super().__init__("name_missing")
