"""What is done before the package is built: the translations are compiled."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compiled(BuildHookInterface):  # type: ignore[misc]  # the library is there only while a package is built
    """Compiles the translations of every room, for the package and for work on the source alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, str(Path(self.root)))
        from tools.messages import compile_stale

        compile_stale()
