"""Whatever the history, the report is made, and its JSON keeps the form."""

import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk.report.made_up import MAP
from tests.desk.report.test_as_json import SCHEMA
from tests.history.staging import UTC, Deal, histories, staged

from infield.cli.report_summary import summary
from infield.desk.report.as_json import as_json
from infield.desk.report.gather import gather
from infield.desk.report.wording import Speaker
from infield.imports.reading import Reading
from infield.process.values import ProcessMap
from infield.web.language import speak

READING = Reading(("a.csv",), "events", 0, 0, 0)


@pytest.mark.slow
@settings(max_examples=30)
@given(histories, st.sampled_from([None, MAP]))
def test_any_history_is_told(deals: list[Deal], process: ProcessMap | None) -> None:
    from infield.desk.report.views import page

    speak("en")
    report = gather(staged(deals), READING, UTC, process)
    speaker = Speaker()
    found = json.loads(as_json(report, speaker.sentence))
    jsonschema.validate(found, SCHEMA)
    log = found["log"]
    assert log["deals"] == len(deals) == log["won"] + log["lost"] + log["open"]
    assert f"{log['deals']} deals" in summary(report, speaker, [])
    assert "</html>" in page(report, speaker)
