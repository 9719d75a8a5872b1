"""What the pages of an import answer, in the language that is active."""

from django.utils.translation import ngettext


def stages_corrected(deals: int) -> str:
    """Give what came of correcting which stages the names mean."""
    return ngettext(
        "Corrected. {n} deal stands in another stage now.",
        "Corrected. {n} deals stand in another stage now.",
        deals,
    ).format(n=deals)
