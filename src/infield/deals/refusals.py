"""Why a deal did not do what somebody asked: a code and parameters; `wording.py` says them in a sentence."""

from infield.process.gate import Gate


class Refusal(ValueError):  # noqa: N818  (the word says it)
    """The deal stays as it was. `code` is one of wording.REFUSALS, `params` what its sentence names."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class GateClosed(Refusal):
    """Required criteria are open: meet them, or give a reason for moving on all the same."""

    def __init__(self, gate: Gate) -> None:
        super().__init__("gate_closed", open=len(gate.open))
        self.gate = gate


class Stale(Refusal):
    """Somebody changed the deal meanwhile: `theirs` is what stands now, `yours` what was to be written."""

    def __init__(self, what: str, theirs: object, yours: object) -> None:
        super().__init__("stale", what=what)
        self.what = what
        self.theirs = theirs
        self.yours = yours
