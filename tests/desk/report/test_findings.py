"""Which findings are told, with which figures."""

from pathlib import Path

from tests.desk.report.made_up import MAP, report_of

from infield.desk.report.findings import biggest_leak
from infield.imports.reading import Finding

HEAD = "Deal ID,Activity,Timestamp\n"


def log(path: Path, *groups: tuple[int, str]) -> Path:
    """Write so many deals of each path, a step a day."""
    rows, deal = [], 0
    for deals, steps in groups:
        for _ in range(deals):
            deal += 1
            rows += [f"d{deal},{step},2026-05-{day:02}T08:00:00" for day, step in enumerate(steps.split(), 1)]
    path.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    return path


def of(code: str, findings: tuple[Finding, ...]) -> Finding:
    (found,) = [found for found in findings if found.code == code]
    return found


def test_the_leak_is_the_stage_with_the_lowest_rate(tmp_path: Path) -> None:
    path = log(
        tmp_path / "l.csv", (30, "Ask Show Offer Signed"), (10, "Ask Declined"), (20, "Ask Show Declined")
    )
    report = report_of(path, won=["Signed"], lost=["Declined"])
    leak = of("biggest_leak", report.findings)
    assert (leak.where, leak.n, leak.params["moved_on"], leak.params["stopped"]) == ("Show", 50, 30, 20)
    assert leak.params["rate"] == 0.6


def test_a_side_way_of_few_deals_is_no_leak(tmp_path: Path) -> None:
    path = log(
        tmp_path / "l.csv", (300, "Ask Offer Signed"), (100, "Ask Declined"), (21, "Ask Fraud Declined")
    )
    leak = biggest_leak(report_of(path, won=["Signed"], lost=["Declined"]))
    assert leak is not None
    assert leak.stage == "Ask"


def test_the_most_frequent_deviation_tells_how_it_ended_against_the_rest(tmp_path: Path) -> None:
    path = log(
        tmp_path / "l.csv",
        (30, "Ask Show Offer Signed"),
        (10, "Ask Offer Signed"),
        (10, "Ask Offer Declined"),
    )
    found = of("deviation_jump", report_of(path, won=["Signed"], lost=["Declined"], process=MAP).findings)
    assert (found.where, found.params["target"], found.n) == ("ask", "offer", 20)
    assert (found.params["won_share"], found.params["closed"]) == (0.5, 20)
    assert (found.params["others_won_share"], found.params["others_closed"]) == (1.0, 30)


def test_stages_that_nobody_entered_and_names_off_the_map_are_told(tmp_path: Path) -> None:
    path = log(tmp_path / "l.csv", (3, "Ask Call Signed"))
    findings = report_of(path, won=["Signed"], process=MAP).findings
    assert of("never_entered", findings).params["stages"] == ["show", "offer"]
    assert of("not_on_map", findings).params["names"] == ["Call"]


def test_the_commonest_path_goes_with_its_share(tmp_path: Path) -> None:
    path = log(tmp_path / "l.csv", (3, "Ask Offer"), (1, "Ask"))
    found = of("commonest_path", report_of(path).findings)
    assert (found.n, found.params["share"], found.params["variants"]) == (3, 0.75, 2)


def test_an_activity_that_means_lost_is_neither_a_leak_nor_a_slow_stage(tmp_path: Path) -> None:
    path = log(
        tmp_path / "l.csv",
        (60, "Ask Offer Signed"),
        (30, "Ask Offer Declined"),
        (25, "Ask Declined Offer Signed"),
    )
    report = report_of(path, won=["Signed"], lost=["Declined"])
    assert "Declined" in [stage.stage for stage in report.funnel]
    assert of("biggest_leak", report.findings).where == "Offer"
    assert of("slowest_stage", report.findings).where != "Declined"
