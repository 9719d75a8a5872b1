"""Each known format by a small file in its form."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infield.imports.formats import FORMATS, recognise

type Read = Callable[..., Any]


def test_salesforce_history_gives_each_stage_and_the_last_amount(read_text: Read) -> None:
    found = read_text(
        "Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,CloseDate,Probability,ForecastCategory,IsDeleted\n"
        "h1,o1,u1,2024-01-02T09:00:00.000Z,Prospecting,1000,2024-05-01,10,Pipeline,false\n"
        "h2,o1,u1,2024-01-09T10:30:00.000Z,Negotiation/Review,1200.5,2024-05-01,80,Pipeline,false\n"
        "h3,o1,u2,2024-02-01T08:00:00.000+02:00,Closed Won,1300,2024-02-01,100,Closed,false\n"
        "h3,o1,u2,2024-02-01T08:00:00.000+02:00,Closed Won,1300,2024-02-01,100,Closed,false\n"
        "h4,o2,u1,2024-01-03T09:00:00.000Z,Closed Lost,,2024-02-01,0,Omitted,false\n"
        "h5,o2,u1,2024-01-04T09:00:00.000Z,Prospecting,,2024-02-01,0,Omitted,false\n"
    )
    assert found.reading.format == "salesforce_history"
    assert found.path("o1") == [
        ("2024-01-02 09:00:00.000", "Prospecting"),
        ("2024-01-09 10:30:00.000", "Negotiation/Review"),
        ("2024-02-01 06:00:00.000", "Closed Won"),
    ]
    assert found.cases["o1"]["outcome"] == "won"
    assert found.cases["o1"]["closed"] == "2024-02-01 06:00"
    assert found.cases["o1"]["amount_minor"] == 130_000
    assert found.cases["o1"]["owner"] == "u2"
    assert found.left_out == {"repeated_event_id": 1}
    assert found.cases["o2"]["outcome"] is None, "a deal that went on after its end was opened again"


def test_salesforce_field_history_takes_changes_of_the_stage_only(read_text: Read) -> None:
    found = read_text(
        "Id,OpportunityId,Field,OldValue,NewValue,CreatedById,CreatedDate,IsDeleted\n"
        "1,o1,created,,,u1,2024-01-01T00:00:01Z,false\n"
        "2,o1,StageName,Prospecting,Qualification,u1,2024-01-05T10:00:00Z,false\n"
        "3,o1,Amount,5,6,u1,2024-01-06T10:00:00Z,false\n"
        "4,o1,StageName,Qualification,Closed Lost,u1,2024-01-07T10:00:00Z,false\n"
    )
    assert found.reading.format == "salesforce_field_history"
    assert found.path("o1") == [
        ("2024-01-05 10:00:00.000", "Qualification"),
        ("2024-01-07 10:00:00.000", "Closed Lost"),
    ]
    assert found.left_out == {"other_field": 2}
    assert found.cases["o1"]["outcome"] == "lost"
    assert found.findings["first_stage_without_date"] == 1


def test_salesforce_opportunities_take_the_flags_and_the_last_stage_change(read_text: Read) -> None:
    found = read_text(
        "Id,AccountId,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate,LastStageChangeDate,OwnerId,CurrencyIsoCode\n"
        "o1,a1,Signed,100,2024-03-01,true,true,2024-01-01T08:00:00Z,2024-03-01T08:00:00Z,u1,JPY\n"
        "o2,a1,Proposal,100,2024-09-01,false,false,2024-01-01T08:00:00Z,2024-02-01T08:00:00Z,u1,BHD\n"
        "o3,a1,Gone,100,2024-03-02,true,false,2024-01-01T08:00:00Z,,u1,EUR\n"
    )
    assert found.reading.format == "salesforce_opportunities"
    assert found.path("o1") == [("2024-01-01 08:00:00.000", "Created"), ("2024-03-01 12:00:00.000", "Signed")]
    assert found.path("o2") == [
        ("2024-01-01 08:00:00.000", "Created"),
        ("2024-02-01 08:00:00.000", "Proposal"),
    ]
    assert [case["outcome"] for case in found.cases.values()] == ["won", None, "lost"]
    assert [case["amount_minor"] for case in found.cases.values()] == [100, 100_000, 10_000]


def test_salesforce_report_stops_at_its_footer(read_text: Read) -> None:
    found = read_text(
        '"Opportunity Name","Opportunity Owner","Account Name","Stage","Amount","Close Date","Created Date"\n'
        '"One","Ann","Acme","Closed Won","10","2/28/2024","1/15/2024"\n'
        '"Two","Ann","Acme","Prospecting","10","3/1/2024","1/16/2024"\n'
        "\n"
        '"Opportunities of this year"\n'
        '"Copyright (c) 2024"\n'
    )
    assert found.reading.format == "salesforce_report"
    assert found.left_out == {"footer": 2}
    assert found.reading.mapping["dates"]["Created Date"] == "month_first"
    assert found.cases["One"]["closed"] == "2024-02-28 12:00"
    assert found.findings["open_with_close_date"] == 1


def test_hubspot_takes_the_date_of_each_stage(read_text: Read) -> None:
    found = read_text(
        '"Record ID","Deal Name","Deal Stage","Pipeline","Amount","Create Date","Close Date","Deal owner",'
        '"Date entered ""Demo (on site) (Sales Pipeline)""","Date entered ""Closed Won (Sales Pipeline)""",'
        '"Date exited ""Demo (on site) (Sales Pipeline)"""\n'
        "1,One,Closed Won,Sales Pipeline,100,2024-01-01 08:00,2024-02-01 10:00,Ann,2024-01-05 "
        "09:30,2024-02-01 10:00,2024-02-01 10:00\n"
        "2,Two,Demo (on site),Sales Pipeline,,2024-01-02 08:00,2024-09-01 10:00,Ann,2024-01-06 09:30,,\n"
        "3,Three,Closed Lost,Sales Pipeline,,2024-01-03 08:00,2024-01-09 10:00,Ann,,,\n"
    )
    assert found.reading.format == "hubspot_stage_dates"
    assert found.path("1") == [
        ("2024-01-01 08:00:00.000", None),
        ("2024-01-05 09:30:00.000", "Demo (on site)"),
        ("2024-02-01 10:00:00.000", "Closed Won"),
    ]
    assert found.path("2")[-1] == ("2024-01-06 09:30:00.000", "Demo (on site)")
    assert found.path("3")[-1] == ("2024-01-09 10:00:00.000", "Closed Lost")
    assert [case["outcome"] for case in found.cases.values()] == ["won", None, "lost"]


def test_hubspot_internal_names_are_known(read_text: Read) -> None:
    found = read_text(
        "hs_object_id,dealname,dealstage,hs_v2_date_entered_qualifiedtobuy,hs_v2_date_entered_closedwon\n"
        "1,One,closedwon,2024-01-05T09:30:00Z,2024-02-01T10:00:00Z\n"
    )
    assert [stage for _, stage in found.path("1")] == ["qualifiedtobuy", "closedwon"]
    assert found.cases["1"]["outcome"] == "won"


def test_hubspot_deals_without_stage_dates(read_text: Read) -> None:
    found = read_text(
        "Record ID,Deal Name,Deal Stage,Create Date,Close Date,Amount\n1,One,Closed "
        "Won,2024-01-01,2024-02-01,5\n"
    )
    assert found.reading.format == "hubspot_deals"
    assert found.path("1") == [
        ("2024-01-01 12:00:00.000", "Created"),
        ("2024-02-01 12:00:00.000", "Closed Won"),
    ]


PIPEDRIVE = (
    "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - "
    "Stage,"
    "Deal - Status,Deal - Deal created,Deal - Last stage change,Deal - Won time,Deal - Lost time,Deal - "
    "Deal closed on,"
    "Deal - Expected close date\n"
)


def test_pipedrive_deals_use_their_own_won_and_lost_times(read_text: Read) -> None:
    found = read_text(
        PIPEDRIVE
        + "1,A,Ann,100,EUR,Acme,Negotiations,Won,2024-01-01 08:00:00,2024-01-20 08:00:00,2024-02-01 "
        "09:00:00,,2024-02-01 09:00:00,2024-01-31\n"
        + "2,B,Ann,100,EUR,Acme,Demo,Lost,2024-01-01 08:00:00,,,2024-02-02 09:00:00,2024-02-02 09:00:00,\n"
        + "3,C,Ann,100,EUR,Acme,Demo,Open,2024-01-01 08:00:00,2024-01-15 08:00:00,,,,2024-12-31\n"
    )
    assert found.reading.format == "pipedrive_deals"
    assert found.path("1") == [
        ("2024-01-01 08:00:00.000", "Created"),
        ("2024-01-20 08:00:00.000", "Negotiations"),
        ("2024-02-01 09:00:00.000", "Won"),
    ]
    assert found.path("2")[-1] == ("2024-02-02 09:00:00.000", "Lost")
    assert found.path("3")[-1] == ("2024-01-15 08:00:00.000", "Demo")
    assert found.cases["3"]["outcome"] is None
    assert found.cases["1"]["currency"] == "EUR"


def test_pipedrive_changelog_takes_stages_and_states(read_text: Read) -> None:
    found = read_text(
        "deal_id,field_key,old_value,new_value,actor_user_id,time\n"
        "7,stage_id,1,2,9,2024-01-02 08:00:00\n"
        "7,value,1,2,9,2024-01-02 08:00:01\n"
        "7,status,open,lost,9,2024-01-03 08:00:00\n"
        "7,status,lost,open,9,2024-01-04 08:00:00\n"
        "7,status,open,won,9,2024-01-05 08:00:00\n"
    )
    assert found.reading.format == "pipedrive_changelog"
    assert [kind for *_, kind, _ in found.events] == ["stage_entered", "lost", "reopened", "won"]
    assert found.cases["7"]["outcome"] == "won"
    assert found.cases["7"]["closed"] == "2024-01-05 08:00"


def test_vtiger_deals_lose_the_module_before_a_name(read_text: Read) -> None:
    found = read_text(
        "Opportunity Name,Opportunity Number,Organization Name,Amount,Expected Close Date,Sales "
        "Stage,Assigned To,Created Time\n"
        'One,POT1,Accounts::::Acme,"1.000,50",28-02-2024,Closed Won,Ann,15-01-2024 10:00\n'
        'Two,POT2,Accounts::::Beta,"2.000,50",28-02-2024,Prospecting,Ann,16-01-2024 10:00\n'
    )
    assert found.reading.format == "vtiger_deals"
    assert found.cases["POT1"]["organization"] == "Acme"
    assert found.cases["POT1"]["amount_minor"] == 100_050
    assert found.findings["closed_at_expected_date"] == 1


def test_vtiger_changes(read_text: Read) -> None:
    found = read_text(
        "crmid,module,whodid,changedon,status,fieldname,prevalue,postvalue\n"
        "5,Potentials,1,2024-01-02 08:00:00,0,sales_stage,Prospecting,Qualification\n"
        "5,Potentials,1,2024-01-02 08:00:00,0,amount,1,2\n"
    )
    assert found.reading.format == "vtiger_modtracker"
    assert found.path("5") == [("2024-01-02 08:00:00.000", "Qualification")]


def test_suitecrm_audit_and_vtiger_history(read_text: Read) -> None:
    audit = read_text(
        "id,parent_id,date_created,created_by,field_name,data_type,before_value_string,after_value_string\n"
        "1,o1,2024-01-02 08:00:00,u,sales_stage,enum,Prospecting,Closed Won\n"
    )
    assert (audit.reading.format, audit.cases["o1"]["outcome"]) == ("suitecrm_audit", "won")
    kept = read_text(
        "historyid,potentialid,amount,stage,probability,closedate,lastmodified\n"
        "1,5,10,Prospecting,10,2024-05-01,2024-01-02 08:00:00\n"
    )
    assert (kept.reading.format, kept.path("5")) == (
        "vtiger_history",
        [("2024-01-02 08:00:00.000", "Prospecting")],
    )


def test_odoo_warns_where_the_archived_deals_are_missing(read_text: Read) -> None:
    header = (
        "External ID,Opportunity,Salesperson,Stage,Expected Revenue,Expected Closing,"
        "Closed Date,Created on,Last Stage Update,Active\n"
    )
    won = "a,One,Ann,Won,10,2024-05-01,2024-02-01 10:00:00,2024-01-01 10:00:00,2024-02-01 10:00:00,True\n"
    lost = won.replace("a,One", "b,Two").replace("Won", "Proposition").replace("True", "False")
    found = read_text(header + won)
    assert found.reading.format == "odoo_deals"
    assert found.findings["archived_deals_missing"] == 1
    found = read_text(header + won + lost)
    assert "archived_deals_missing" not in found.findings
    assert found.cases["b"]["outcome"] == "lost"
    assert [stage for _, stage in found.path("b")] == ["Created", "Proposition", "Lost"]


def test_odoo_technical_names_and_tracking(read_text: Read) -> None:
    found = read_text(
        "id,name,stage_id/id,date_deadline,date_closed,create_date,expected_revenue\n"
        "__export__.crm_lead_1,One,Won,2024-05-01,2024-02-01 10:00:00,2024-01-01 10:00:00,10\n"
    )
    assert found.reading.format == "odoo_deals"
    assert found.cases["__export__.crm_lead_1"]["outcome"] == "won"
    found = read_text(
        "id,res_id,field_id,old_value_char,new_value_char,create_date\n"
        "1,7,Stage (crm.lead),New,Qualified,2024-01-01 10:00:00\n"
        "2,7,Salesperson,Ann,Bob,2024-01-01 10:00:00\n"
    )
    assert found.reading.format == "odoo_tracking"
    assert found.path("7") == [("2024-01-01 10:00:00.000", "Qualified")]


def test_zoho_stage_history_tells_the_deal_from_the_id_of_the_row(read_text: Read) -> None:
    found = read_text(
        "Id,Deal Name,Stage,Stage Duration (Calendar Days),Moved To,Amount,Modified By,Modified Time\n"
        "1,One,Qualification,3,Proposal,10,Ann,2024-01-01 10:00:00\n"
        "2,One,Proposal,4,Closed Won,10,Ann,2024-01-04 10:00:00\n"
        "3,One,Closed Won,,,10,Ann,2024-01-08 10:00:00\n"
        "4,Two,Qualification,,,10,Ann,2024-01-08 10:00:00\n"
    )
    assert found.reading.format == "zoho_stage_history"
    assert [stage for _, stage in found.path("One")] == ["Qualification", "Proposal", "Closed Won"]
    assert found.cases["One"]["outcome"] == "won"


def test_zoho_deals(read_text: Read) -> None:
    found = read_text(
        "Record Id,Deal Owner.id,Deal Owner,Deal Name,Account Name,Stage,Amount,Closing Date,Created Time\n"
        "z1,1,Ann,One,Acme,Closed Lost,10,2024-02-01,2024-01-01 10:00:00\n"
    )
    assert found.reading.format == "zoho_deals"
    assert found.path("z1") == [
        ("2024-01-01 10:00:00.000", "Created"),
        ("2024-02-01 12:00:00.000", "Closed Lost"),
    ]


def test_a_table_with_the_names_of_xes(read_text: Read) -> None:
    found = read_text(
        "case:concept:name,concept:name,lifecycle:transition,time:timestamp,org:resource\n"
        "c,A,START,2024-01-01T10:00:00+01:00,r\n"
        "c,A,COMPLETE,2024-01-01T11:00:00+01:00,r\n"
        "c,B,complete,2024-01-01T12:00:00+02:00,r\n"
        "c,C,,2024-01-01T12:30:00+02:00,r\n"
    )
    assert found.reading.format == "xes_table"
    assert [stage for _, stage in found.path("c")] == ["A", "B", "C"]
    assert found.left_out == {"lifecycle_not_complete": 1}
    assert found.findings["several_offsets"] == 4


def test_deal_rows_name_the_first_step_by_the_stage_that_its_date_means(read_text: Read) -> None:
    found = read_text(
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        "1,Ann,X,Acme,Won,2024-01-01,2024-02-01,5\n"
        "2,Ann,X,Acme,Engaging,2024-01-02,,\n"
        "3,Ann,X,Acme,Prospecting,,,\n"
        "4,Ann,X,Acme,Lost,2024-01-04,2024-02-04,0\n"
    )
    assert found.reading.mapping["created_stage"] == "Engaging"
    assert found.events == [
        ("1", "2024-01-01 12:00:00.000", "day", "stage_entered", "Engaging"),
        ("1", "2024-02-01 12:00:00.000", "day", "won", "Won"),
        ("2", "2024-01-02 12:00:00.000", "day", "stage_entered", "Engaging"),
        ("4", "2024-01-04 12:00:00.000", "day", "stage_entered", "Engaging"),
        ("4", "2024-02-04 12:00:00.000", "day", "lost", "Lost"),
    ]
    assert found.left_out == {"no_date": 1}
    assert found.findings["amount_zero_on_lost"] == 1


def test_columns_of_stage_dates_are_guessed(read_text: Read) -> None:
    found = read_text(
        "deal_id,lead_date,qualified_date,proposal_date,won_date,owner\n"
        "1,2024-01-01,2024-01-05,2024-01-09,2024-02-01,Ann\n"
        "2,2024-01-01,2024-01-06,,,Ann\n"
    )
    assert found.reading.mapping["shape"] == "stage_dates"
    assert [stage for _, stage in found.path("1")] == ["Lead", "Qualified", "Proposal", "Won"]
    assert found.cases["1"]["outcome"] == "won"
    assert found.cases["2"]["outcome"] is None


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_is_recognised_by_the_columns_it_names(known: Any) -> None:
    headers = [names[0] for names in known.columns.values()] + [group[0] for group in known.needs]
    if known.header:
        headers.append('Date entered "A (B)"' if "hubspot" in known.name else "Deal - ID")
    found = recognise(list(dict.fromkeys(headers)))
    assert found is not None
    assert found.format.name == known.name


def test_parquet_and_xlsx_give_what_csv_gives(tmp_path: Path, history: Read, read_text: Read) -> None:
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        ("a", "Lead", "2024-01-01 10:00:00", 10.5),
        ("a", "Won", "2024-01-03 00:00:00", 10.5),
        ("b", "Lead", "2024-01-02 12:00:00", None),
    ]
    names = ["deal_id", "stage", "timestamp", "amount"]
    text = read_text(
        "\n".join([",".join(names), *(",".join("" if x is None else str(x) for x in row) for row in rows)])
    )
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    table = pa.table(columns)
    times = table["timestamp"].cast(pa.timestamp("us"))
    pq.write_table(table.set_column(2, "timestamp", times), tmp_path / "events.parquet")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Our deals"])
    sheet.append(names)
    for row, time in zip(rows, times.to_pylist(), strict=True):
        sheet.append([row[0], row[1], time, row[3]])
    book.save(tmp_path / "events.xlsx")
    for name in ("events.parquet", "events.xlsx"):
        other = history(tmp_path / name)
        assert (other.events, other.cases) == (text.events, text.cases)


@pytest.mark.parametrize("name", ["deals?.parquet", "deal*.parquet", "deals[12].parquet", "Anna's.parquet"])
def test_a_parquet_file_with_a_pattern_for_a_name_is_read_alone(
    name: str, tmp_path: Path, history: Read
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for other, cases in (("deals1.parquet", ["x", "y"]), (name, ["1", "2"])):
        table = pa.table({"case": cases, "stage": ["A", "B"], "timestamp": ["2024-05-01 09:00:00"] * 2})
        pq.write_table(table, tmp_path / other)
    assert set(history(tmp_path / name).cases) == {"1", "2"}
