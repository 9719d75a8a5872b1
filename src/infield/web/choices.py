"""What can be chosen: time zones and currencies."""

from functools import cache

# regions whose zones people live in; the rest are abbreviations and aliases
REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zones() -> list[tuple[str, str]]:
    """Give the names of time zones with what to show for each, UTC first."""
    from zoneinfo import available_timezones

    names = sorted(name for name in available_timezones() if name.split("/")[0] in REGIONS)
    return [("UTC", "UTC"), *((name, name.replace("_", " ").replace("/", " / ")) for name in names)]


@cache
def currencies(language: str) -> list[tuple[str, str]]:
    """Give the currencies in use today by code, each with its name in `language`, in the order of the codes."""
    from datetime import UTC, datetime

    from babel import Locale
    from babel.core import get_global

    names = Locale(language).currencies
    today = datetime.now(UTC).date()
    codes = {
        code
        for uses in get_global("territory_currencies").values()
        for code, begins, ends, is_tender in uses
        if is_tender and ends is None and begins and begins <= (today.year, today.month, today.day)
    }
    return [(code, f"{code} · {names.get(code, code)}") for code in sorted(codes)]
