"""The report as JSON, in the form that is fixed (docs/reference/report-json.md)."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from math import isfinite
from typing import TYPE_CHECKING, Any

from infield.web.dates import instant

if TYPE_CHECKING:
    from infield.desk.report.gather import Report
    from infield.imports.reading import Finding

type Plain = dict[str, Any]


def as_json(report: "Report", sentence: "Callable[[Finding], str]") -> str:
    """Give the text of the file; `sentence` says a finding in words."""
    return json.dumps(plain(report, sentence), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def plain(report: "Report", sentence: "Callable[[Finding], str]") -> Plain:
    """Give the report as JSON values; a number that is not finite becomes null."""
    whole: Plain = _finite(
        {
            "source": _source(report),
            "findings": [
                {"code": found.code, "where": found.where, "n": found.n, "text": sentence(found)}
                for found in report.findings
            ],
            "log": _log(report),
            "process": _process(report),
            "funnel": {"stages": _rows(report.funnel)},
            "conformance": _conformance(report),
        }
    )
    return whole


def _source(report: "Report") -> Plain:
    reading = report.reading
    return {
        "files": list(reading.files),
        "format": reading.format,
        "rows_read": reading.rows_read,
        "rows_rejected": reading.rows_rejected,
        "rejected": [{"file": one.file, "row": one.row, "reason": one.reason} for one in reading.rejected],
        "left_out": [{"reason": one.reason, "n": one.n} for one in reading.left_out],
        "mapping": dict(reading.mapping),
    }


def _log(report: "Report") -> Plain:
    seen = report.overview
    return {
        "deals": seen.deals,
        "events": seen.events,
        "first": _iso(seen.first_us),
        "last": _iso(seen.last_us),
        "won": seen.won,
        "lost": seen.lost,
        "open": seen.open,
    }


def _iso(us: int | None) -> str | None:
    return None if us is None else instant(us).isoformat()


def _process(report: "Report") -> Plain:
    happened = report.process
    return {
        "activities": _rows(happened.activities),
        "edges": _rows(happened.edges),
        "starts": _rows(happened.starts),
        "ends": _rows(happened.ends),
        "variant_count": report.variants.count,
        "variants": _rows(report.variants.top),
    }


def _conformance(report: "Report") -> Plain | None:
    held = report.conformance
    if held is None:
        return None
    deviations = [
        {
            "kind": one.kind,
            "stage": one.stage,
            "target": one.target,
            "deals": one.deals,
            "won_share": one.won_share,
        }
        for one in held.deviations
    ]
    return {"deals": held.deals, "fitting": held.fitting, "deviations": deviations}


def _rows(values: Iterable[Any]) -> list[Plain]:
    return [asdict(value) for value in values]


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_finite(inner) for inner in value]
    return value
