"""The sentences of the report, in the language that is active.

In: findings as codes and parameters. Out: a figure and a sentence each. Figures are written as the language
writes them; every message is one whole sentence, so that a translator can turn it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from infield.imports import wording as of_readers
from infield.imports.reading import Finding, LeftOut, Rejected, Value
from infield.web.durations import duration
from infield.web.figures import count, percent, percents
from infield.web.language import gettext as _
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

PATH_SHOWN = 6
"""Steps of a path that a sentence names."""
NAMES_SHOWN = 8

SENTENCES: Mapping[str, str] = {
    "no_outcomes": N_("None of the {n} deals is known as won or lost, so nothing is said about winning. Say "
                      "which activities mean it with --won and --lost; deals end most often with {ends}."),
    "no_sales": N_("No deal is known as won; {n} are lost. Say which activities mean a sale with --won."),
    "win_rate": N_("{rate} of the {n} closed deals were won ({won}). With this many deals the true rate lies "
                   "between {low} and {high}. {went_on}"),
    "biggest_leak": N_("{where}: {rate} of {n} deals move on, {stopped} stopped here. With this many deals the "
                       "true rate lies between {low} and {high}."),
    "fits_map": N_("{n} of {deals} deals ({rate}) follow the map from start to end."),
    "deviation_skip": N_("{n} of {deals} deals ({rate}) never enter {where}, though the map asks for it. {compared}"),
    "deviation_jump": N_("{n} of {deals} deals ({rate}) jump from {where} straight to {target}. {compared}"),
    "deviation_back": N_("{n} of {deals} deals ({rate}) go back from {where} to {target}. {compared}"),
    "deviation_insert": N_("{n} of {deals} deals ({rate}) enter {where} where the map does not have it. {compared}"),
    "slowest_stage": N_("Deals stay longest in {where}: {median} in the median of {n} visits; one in ten takes "
                        "longer than {p90}."),
    "most_wait": N_("{n} of the {open} open deals wait in {where}, half of them for longer than {median}."),
    "commonest_path": N_("The commonest path of {variants}: {n} deals ({share}) go {path}."),
    "never_entered": N_("Stages of the map that no deal entered as the map has it: {stages} ({n})."),
    "not_on_map": N_("Names in the history that the map does not have: {names} ({n})."),
    "outlying_deals": N_("Deals that took far longer than usual: {n}. The most extreme one, {where}, took {duration} "
                         "where {median} is usual."),
    "outlying_gaps": N_("Waits between two steps far longer than usual: {n}. The longest one, in {where}, was "
                        "{gap} from {source} to {target}, where {median} is usual."),
}  # fmt: skip
WENT_ON = N_("{after_sale} of them went on to a stage after the sale.")
COMPARED = N_("{won_share} of those that closed were won ({closed}), against {others_won_share} of the others "
              "({others_closed}).")  # fmt: skip

KICKERS: Mapping[str, str] = {
    "outcome_name_unknown": N_("Check this first"),
    "no_outcomes": N_("Outcomes are not known"),
    "no_sales": N_("Outcomes are not known"),
    "win_rate": N_("Won"),
    "biggest_leak": N_("Largest leak"),
    "fits_map": N_("On the map"),
    "deviation_skip": N_("Most frequent deviation"),
    "deviation_jump": N_("Most frequent deviation"),
    "deviation_back": N_("Most frequent deviation"),
    "deviation_insert": N_("Most frequent deviation"),
    "slowest_stage": N_("Slowest stage"),
    "most_wait": N_("Where deals wait now"),
    "commonest_path": N_("Commonest path"),
    "never_entered": N_("Never entered"),
    "not_on_map": N_("Not on the map"),
    "outlying_deals": N_("Slow deals"),
    "outlying_gaps": N_("Long waits"),
}

HEADLINES: Mapping[str, str] = {
    "biggest_leak": N_("{where}: {rate} move on"),
    "win_rate": N_("{rate} of the closed deals were won"),
    "commonest_path": N_("{share} of the deals go the same way"),
    "no_outcomes": N_("{n} deals, and how they ended is not known"),
}
LEADS: Mapping[str, str] = {
    "biggest_leak": N_("{stopped} of {n} deals stopped here. With this many deals the true rate lies between {low} "
                       "and {high}."),
    "win_rate": N_("{won} of {n}. With this many deals the true rate lies between {low} and {high}."),
}  # fmt: skip
"""The sentence under a headline, where the finding's own would repeat it."""
HEADLINE_OF_NONE = N_("{deals} deals, {events} events")

FIGURES: Mapping[str, str] = {
    "win_rate": "{rate}",
    "biggest_leak": "{rate}",
    "fits_map": "{rate}",
    "slowest_stage": "{median}",
    "commonest_path": "{share}",
}
"""What stands large on a finding's card; the number of deals where nothing is said here."""
BAD = ("biggest_leak", "deviation_skip", "deviation_jump", "deviation_back", "deviation_insert")
TO_DO = ("outcome_name_unknown", "no_outcomes", "no_sales")

DEVIATIONS: Mapping[str, str] = {
    "skip": N_("{stage} is skipped"),
    "jump": N_("from {stage} straight to {target}"),
    "back": N_("from {stage} back to {target}"),
    "insert": N_("{stage} where the map does not have it"),
}

ENDS: Mapping[str, str] = {":won": N_("Won"), ":lost": N_("Lost")}
"""How the app's own log calls an end that closes a path."""

DEFINITIONS: tuple[tuple[str, str], ...] = (
    (N_("Deal"), N_("Everything that happened under one id of the file, from the first event to the last.")),
    (N_("Won, lost, open"), N_("As the file says it, or as --won and --lost say it. A deal that neither names is open: "
                               "nothing is guessed.")),
    (N_("Entered"), N_("Deals that were in the stage at least once.")),
    (N_("Moved on"), N_("Deals that later entered any further stage of the list, or were won.")),
    (N_("Still in"), N_("Open deals last seen in the stage, also when they had moved on and came back. They do not "
                        "count in the rate: how they end is not known yet.")),
    (N_("Rate"), N_("Moved on, divided by entered without still in.")),
    (N_("95 % interval"), N_("With few deals a rate says little. In 95 of 100 histories of this size, the interval "
                             "drawn so (Wilson's) holds the true rate.")),
    (N_("Median"), N_("Half took less, half took more. One in ten took longer than the 90th percentile.")),
    (N_("Time in stage"), N_("From entering the stage to entering another one; a step repeated does not start again.")),
    (N_("Path"), N_("All steps of a deal in their order, repeats included.")),
    (N_("Share won"), N_("Won deals divided by those that are won or lost.")),
    (N_("Far from usual"), N_("More than 3.5 robust deviations (of the logarithm of the time) from the median of deals "
                              "with the same outcome, or of waits between the same two steps.")),
    (N_("Follows the map"), N_("Every stage the deal entered was permitted by the map at that point, and none was left "
                               "out. Open deals are only held against what they have done so far.")),
    (N_("Deviation"), N_("The fewest skipped and added stages that explain a deal's path by the map; each counts "
                         "once a deal.")),
)  # fmt: skip

PICTURE: Mapping[str, str] = {
    "title": N_("The process as it happens"),
    "description": N_("{steps} steps from {first} to {last}. The most frequent move: {source} to {target}, "
                      "{count} times."),
    "nothing": N_("No moves."),
    "caption": N_("{shown} of {all} kinds of moves are drawn: {share} of all moves."),
    "usual": N_("on to the next step"),
    "skip": N_("past steps"),
    "way_back": N_("way back"),
    "stray": N_("not on the map"),
    "unused": N_("on the map, nobody took it"),
    "overlay_caption": N_("{share} of all moves are drawn."),
    "stay_caption": N_("In a box: the median time that deals stay / the usual time of the map."),
    "repeat": N_("again at once"),
    "begins": N_("deals begin here"),
    "stays": N_("deals not gone further"),
    "measure": N_("number of moves, median time"),
    "repeated": N_("{name} again: {count}, {duration}"),
    "move": N_("{source} → {target}: {count}, {duration}"),
}  # fmt: skip
"""The words on the picture of the process, by their name in `mining.drawing.labels`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A finding in words."""

    code: str
    kicker: str
    figure: str
    text: str
    tone: str
    """bad, to-do, or empty."""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says findings in a language; `names` gives the name of a map's stage by its key."""

    language: str = "en"
    names: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, found: Finding) -> str:
        """Give a finding of the analysis or of the reading in one or two sentences."""
        if found.code not in SENTENCES:
            return self._of_reading(found)
        return _(SENTENCES[found.code]).format(**self._words(found)).strip()

    def spoken(self, found: Finding) -> Spoken:
        """Give a finding with the figure that stands large beside it."""
        figure = FIGURES.get(found.code)
        return Spoken(
            found.code,
            _(KICKERS[found.code]) if found.code in KICKERS else "",
            figure.format(**self._words(found)) if figure else count(found.n, self.language),
            self.sentence(found),
            "bad" if found.code in BAD else "to-do" if found.code in TO_DO else "",
            self.name(found.where),
        )

    def headline(self, found: Finding) -> str:
        """Give the few words that stand at the top of the page; KeyError for a finding that has none."""
        return _(HEADLINES[found.code]).format(**self._words(found))

    def lead(self, found: Finding) -> str:
        """Give the sentence under the headline."""
        if found.code not in LEADS:
            return self.sentence(found)
        return _(LEADS[found.code]).format(**self._words(found))

    def headline_of_none(self, deals: int, events: int) -> str:
        """Give the words at the top where nothing stands out."""
        return _(HEADLINE_OF_NONE).format(
            deals=count(deals, self.language), events=count(events, self.language)
        )

    def deviation(self, kind: str, stage: str, target: str | None) -> str:
        """Give what deals do otherwise than the map."""
        return _(DEVIATIONS[kind]).format(stage=self.name(stage), target=self.name(target or ""))

    def rejection(self, row: Rejected) -> str:
        """Give file, row and reason of a rejected row."""
        return _said(of_readers.rejection, row, f"{row.file}, {row.row}: {row.reason}")

    def left_out(self, rows: LeftOut) -> str:
        """Give what was left out, with its number."""
        return _said(of_readers.left_out, rows, f"{rows.n} {rows.reason}")

    def name(self, stage: str) -> str:
        """Give the name of a map's stage by its key, and of an end; other names as they are."""
        return self.names.get(stage) or (_(ENDS[stage]) if stage in ENDS else stage)

    def _of_reading(self, found: Finding) -> str:
        return _said(of_readers.finding, found, f"{found.code}: {found.n}")

    def _words(self, found: Finding) -> dict[str, str]:
        values: dict[str, Value] = {"n": found.n, "where": found.where, **found.params}
        words = {key: self._word(key, value) for key, value in values.items()}
        words |= {key.removesuffix("_s"): words[key] for key in values if key.endswith("_s")}
        low, high = values.get("low"), values.get("high")
        if isinstance(low, float) and isinstance(high, float):
            words["low"], words["high"] = percents(low, high, self.language)
        known = values.get("closed") and values.get("others_closed")
        words["went_on"] = _(WENT_ON).format(**words) if values.get("after_sale") else ""
        words["compared"] = _(COMPARED).format(**words) if known else ""
        return words

    def _word(self, key: str, value: Value) -> str:
        if isinstance(value, list):
            return self._listed(key, value)
        if isinstance(value, int):
            return count(value, self.language)
        if isinstance(value, float):
            return (
                duration(value, self.language, length="long")
                if key.endswith("_s")
                else percent(value, self.language)
            )
        return self.name(value or "")

    def _listed(self, key: str, values: list[str]) -> str:
        most, between = (PATH_SHOWN, " → ") if key == "path" else (NAMES_SHOWN, ", ")
        return between.join(map(self.name, values[:most])) + (f"{between}…" if len(values) > most else "")


def _said[Thing](say: Callable[[Thing], str], thing: Thing, otherwise: str) -> str:
    """Give the readers' sentence, or the bare code where they have none for it: never a crash."""
    try:
        return say(thing)
    except KeyError:
        return otherwise
