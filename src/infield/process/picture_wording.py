"""The words on the pictures of a map, in the active language."""

from collections.abc import Mapping

from infield.process.drawing.diamond_layout import DiamondLabels
from infield.process.drawing.funnel_layout import FunnelLabels
from infield.process.drawing.labels import Labels
from infield.web.language import gettext as _
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

FLOW: Mapping[str, str] = {
    "start": N_("Start"),
    "no_lane": N_("No department"),
    "from_any": N_("from any stage up to the sale"),
    "from_marked": N_("from stages marked {badge}"),
    "from_named": N_("from: {stages}"),
    "comma": N_(", "),
    "forward": N_("usual way"),
    "branch": N_("branch"),
    "way_back": N_("way back"),
    "jump": N_("jump"),
    "no": N_("the buyer says no"),
    "not_now": N_("not now"),
    "rare": N_("rare"),
    "gate": N_("gate: share of a sale in %"),
    "sale": N_("the sale"),
    "badge": N_("may leave here"),
    "untagged": N_("{source} → {target}: {when}"),
    "description": N_("Flowchart with {stages} stages in {lanes} lanes. {steps}"),
}
"""By their name in `drawing.labels`."""

PHASES: Mapping[str, str] = {
    "awareness": N_("Awareness"),
    "consideration": N_("Consideration"),
    "decision": N_("Decision"),
    "advocacy": N_("Advocacy"),
}

LEVELS: Mapping[str, str] = {
    "top": N_("Top of the funnel"),
    "middle": N_("Middle of the funnel"),
    "bottom": N_("Bottom of the funnel"),
    "after_sale": N_("After the sale"),
}

FUNNEL: Mapping[str, str] = {
    "title": N_("The funnel"),
    "level": N_("Funnel level"),
    "stage": N_("Stage"),
    "count": N_("Entered"),
    "buyer": N_("The buyer's phase"),
    "sale": N_("Sale"),
    "order_only": N_(
        "Drawn from the map alone: the shape shows the order of the stages, not how many deals pass."
    ),
    "by_count": N_("Each band is as wide as the number that entered its stage."),
}
"""By their name in `drawing.funnel_layout`."""

DIAMOND: Mapping[str, str] = {
    "title": N_("Around the bases"),
    "met": N_("weights met"),
    "explanation": N_(
        "In baseball a runner scores by going from home over three bases and back home. Here one round is a "
        "sale: the bases are stages, and each stage's exit gate lies as far along as the weight of its criteria."
    ),
    "progress": N_("The runner shows the weight of the criteria met so far, not the chance to win."),
}
"""By their name in `drawing.diamond_layout`."""

BASES = (N_("First base"), N_("Second base"), N_("Third base"), N_("Home"))


def flow_labels() -> Labels:
    """Give the words of the flowchart."""
    return Labels(**_spoken(FLOW), phases=_spoken(PHASES))


def funnel_labels() -> FunnelLabels:
    """Give the words of the funnel."""
    return FunnelLabels(**_spoken(FUNNEL), levels=_spoken(LEVELS), phases=_spoken(PHASES))


def diamond_labels() -> DiamondLabels:
    """Give the words of the baseball diamond."""
    first, second, third, home = (_(base) for base in BASES)
    return DiamondLabels(**_spoken(DIAMOND), bases=(first, second, third, home))


def _spoken(words: Mapping[str, str]) -> dict[str, str]:
    return {name: _(message) for name, message in words.items()}
