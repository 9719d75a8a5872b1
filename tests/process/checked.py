"""What the checker says of a map, in short."""

from infield.process.lint.check import check
from infield.process.lint.finding import Finding
from infield.process.values import ProcessMap
from infield.process.yaml_file import read


def process(text: str) -> ProcessMap:
    return read(text).process


def codes(found: ProcessMap) -> list[str]:
    return [finding.code for finding in check(found)]


def errors(found: ProcessMap) -> list[Finding]:
    return [finding for finding in check(found) if finding.severity == "error"]
