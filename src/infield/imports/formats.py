"""The formats that are recognised by their columns, as data.

Header names are compared as `plain` gives them, so `OpportunityId` and `opportunity_id` are one name. A
format's
columns list for each role the names it may have, the best first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from infield.imports.mapping import Role, Shape

type Names = tuple[str, ...]

HUBSPOT_DATE = re.compile(
    r'^(?:Date entered "(?P<label>.+?)(?: \([^()]*\))?"|hs_(?:v2_)?date_entered_(?P<id>.+))$'
)


@dataclass(frozen=True, slots=True)
class Format:
    """One export of one product."""

    name: str
    shape: Shape
    needs: tuple[Names, ...]
    """The columns that tell it: of each group one must be there."""
    columns: Mapping[Role, Names]
    header: re.Pattern[str] | None = None
    """A pattern that at least one header must match as it is written."""
    stage_fields: Names = ()
    reopens: bool = False
    """Whether entering a stage after the end means that the deal was opened again."""
    close_is_expected: bool = False
    """Whether the only closing date is the expected one, also of closed deals."""
    loses_by_archiving: bool = False


@cache
def plain(header: str) -> str:
    """Give a header's words in small letters, one blank between.

    >>> plain("OpportunityId"), plain("Deal - ID"), plain("time:timestamp")
    ('opportunity id', 'deal id', 'time timestamp')
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header.strip())
    words = re.sub(r"\s*\(Stage History\)$", "", words)
    return re.sub(r"[\s_\-./:]+", " ", words).strip().casefold()


def one(*names: str) -> Names:
    return names


DEAL_ID = one("record id", "deal id", "opportunity id", "id")
FORMATS: tuple[Format, ...] = (
    Format(
        "salesforce_history", "events",
        (one("opportunity id"), one("stage name"), one("created date")),
        {"case": one("opportunity id"), "stage": one("stage name"), "at": one("created date"),
         "event_id": one("id"), "owner": one("created by id"), "amount": one("amount"),
         "currency": one("currency iso code")},
        reopens=True,
    ),
    Format(
        "salesforce_field_history", "changes",
        (one("opportunity id"), one("field"), one("old value"), one("new value")),
        {"case": one("opportunity id"), "field": one("field"), "old_value": one("old value"),
         "new_value": one("new value"), "at": one("created date"), "event_id": one("id"),
         "owner": one("created by id")},
        stage_fields=("StageName", "Stage"), reopens=True,
    ),
    Format(
        "salesforce_report_history", "events",
        (one("opportunity name"), one("from stage"), one("to stage"), one("last modified")),
        {"case": one("opportunity id", "opportunity name"), "stage": one("to stage"),
        "at": one("last modified"),
         "owner": one("opportunity owner", "last modified by"), "amount": one("amount"),
         "organization": one("account name"), "currency": one("amount currency")},
        reopens=True,
    ),
    Format(
        "salesforce_opportunities", "deals",
        (one("stage name"), one("close date"), one("is won")),
        {"case": one("id", "opportunity id"), "stage": one("stage name"), "created": one("created date"),
         "closed": one("close date"), "is_won": one("is won"), "is_closed": one("is closed"),
         "owner": one("owner id"), "organization": one("account id"), "amount": one("amount"),
         "currency": one("currency iso code"), "source": one("lead source"), "segment": one("type"),
         "stage_since": one("last stage change date")},
    ),
    Format(
        "salesforce_report", "deals",
        (one("opportunity name"), one("stage"), one("close date"), one("opportunity owner", "account name")),
        {"case": one("opportunity id", "opportunity name"), "stage": one("stage"),
         "created": one("created date"), "closed": one("close date"), "owner": one("opportunity owner"),
         "organization": one("account name"), "amount": one("amount"), "currency": one("amount currency"),
         "source": one("lead source"), "segment": one("type"), "stage_since": one("last stage change date")},
    ),
    Format(
        "hubspot_stage_dates", "stage_dates",
        (one("record id", "deal id", "hs object id", "deal name", "dealname"),),
        {"case": one("record id", "deal id", "hs object id", "deal name", "dealname"),
         "stage": one("deal stage", "dealstage"), "created": one("create date", "createdate"),
         "closed": one("close date", "closedate"), "owner": one("deal owner", "hubspot owner id"),
         "organization": one("associated company", "primary associated company"), "amount": one("amount"),
         "currency": one("currency", "deal currency code"), "segment": one("deal type", "dealtype"),
         "source": one("original traffic source", "original source type", "hs analytics source")},
        header=HUBSPOT_DATE,
    ),
    Format(
        "hubspot_deals", "deals",
        (one("record id", "hs object id"), one("deal name", "dealname"), one("deal stage", "dealstage")),
        {"case": one("record id", "hs object id"), "stage": one("deal stage", "dealstage"),
         "created": one("create date", "createdate"), "closed": one("close date", "closedate"),
         "owner": one("deal owner", "hubspot owner id"), "amount": one("amount"),
         "organization": one("associated company", "primary associated company"),
         "currency": one("currency", "deal currency code"), "segment": one("deal type", "dealtype"),
         "source": one("original traffic source", "original source type", "hs analytics source")},
    ),
    Format(
        "pipedrive_deals", "deals",
        (one("deal id"), one("deal status"), one("deal deal created")),
        {"case": one("deal id"), "stage": one("deal stage"), "status": one("deal status"),
         "created": one("deal deal created"), "closed": one("deal deal closed on"),
         "won_at": one("deal won time"), "lost_at": one("deal lost time"),
         "stage_since": one("deal last stage change"), "owner": one("deal owner"),
         "organization": one("deal organization"), "amount": one("deal value"),
         "currency": one("deal currency of value"), "product": one("deal product name"),
         "source": one("deal source channel", "deal source origin"), "segment": one("deal label")},
        header=re.compile(r"^Deal - "),
    ),
    Format(
        "pipedrive_changelog", "changes",
        (one("field key"), one("old value"), one("new value"), one("time", "log time")),
        {"case": one("deal id", "item id", "object id"), "field": one("field key"),
         "old_value": one("old value"), "new_value": one("new value"), "at": one("time", "log time"),
         "owner": one("actor user id", "user id")},
        stage_fields=("stage_id", "status"), reopens=True,
    ),
    Format(
        "vtiger_modtracker", "changes",
        (one("fieldname"), one("prevalue"), one("postvalue")),
        {"case": one("crmid"), "field": one("fieldname"), "old_value": one("prevalue"),
         "new_value": one("postvalue"), "at": one("changedon"), "owner": one("whodid")},
        stage_fields=("sales_stage",), reopens=True,
    ),
    Format(
        "suitecrm_audit", "changes",
        (one("field name"), one("before value string"), one("after value string")),
        {"case": one("parent id"), "field": one("field name"), "old_value": one("before value string"),
         "new_value": one("after value string"), "at": one("date created"), "event_id": one("id"),
         "owner": one("created by")},
        stage_fields=("sales_stage",), reopens=True,
    ),
    Format(
        "vtiger_history", "events",
        (one("potentialid"), one("stage"), one("lastmodified")),
        {"case": one("potentialid"), "stage": one("stage"), "at": one("lastmodified"),
         "event_id": one("historyid"), "amount": one("amount")},
        reopens=True,
    ),
    Format(
        "vtiger_deals", "deals",
        (one("sales stage"), one("expected close date"),
         one("opportunity number", "potential no", "assigned to", "opportunity amount")),
        {"case": one("opportunity number", "potential no", "opportunity name", "potential name"),
         "stage": one("sales stage"), "created": one("created time", "date created"),
         "closed": one("expected close date"), "owner": one("assigned to"),
         "organization": one("organization name", "account name", "related to"),
         "amount": one("amount", "opportunity amount"), "currency": one("currency"),
         "source": one("lead source"), "segment": one("type")},
        close_is_expected=True,
    ),
    Format(
        "odoo_tracking", "changes",
        (one("old value char"), one("new value char")),
        {"case": one("res id", "related document id", "mail message id res id"),
         "field": one("field id", "field", "field info"), "old_value": one("old value char"),
         "new_value": one("new value char"), "at": one("create date", "created on", "date"),
         "event_id": one("id"), "owner": one("create uid", "created by")},
        stage_fields=("stage_id", "stage"), reopens=True,
    ),
    Format(
        "odoo_deals", "deals",
        (one("expected closing"), one("expected revenue"), one("days to close", "salesperson", "stage")),
        {"case": one("external id", "id", "opportunity"), "stage": one("stage"), "created": one("created on"),
         "closed": one("closed date"), "stage_since": one("last stage update"), "owner": one("salesperson"),
         "organization": one("customer", "company name"), "amount": one("expected revenue"),
         "currency": one("currency"), "active": one("active"), "source": one("source"),
         "segment": one("sales team")},
        loses_by_archiving=True,
    ),
    Format(
        "odoo_deals", "deals",
        (one("date deadline"), one("stage id", "stage id id")),
        {"case": one("id", "name"), "stage": one("stage id", "stage id id"), "created": one("create date"),
         "closed": one("date closed"), "stage_since": one("date last stage update"),
         "owner": one("user id", "user id id"), "organization": one("partner id", "partner id id"),
         "amount": one("expected revenue"), "active": one("active"), "source": one("source id"),
         "segment": one("team id")},
        loses_by_archiving=True,
    ),
    Format(
        "zoho_stage_history", "events",
        (one("stage duration (calendar days)", "stage duration calendar days"), one("stage"),
         one("modified time")),
        {"case": one("deal id", "record id", "id", "deal name", "transaction name", "proposal name",
                     "opportunity name"),
         "stage": one("stage"), "at": one("modified time"), "owner": one("modified by"),
         "amount": one("amount"), "currency": one("currency")},
        reopens=True,
    ),
    Format(
        "zoho_deals", "deals",
        (one("closing date"), one("deal name"), one("stage")),
        {"case": one("record id", "id", "deal name"), "stage": one("stage"), "created": one("created time"),
         "closed": one("closing date"), "owner": one("deal owner"), "organization": one("account name"),
         "amount": one("amount"), "currency": one("currency"), "source": one("lead source"),
         "segment": one("type")},
        close_is_expected=True,
    ),
    Format(
        "xes_table", "events",
        (one("case concept name"), one("concept name"), one("time timestamp")),
        {"case": one("case concept name"), "stage": one("concept name"), "at": one("time timestamp"),
         "lifecycle": one("lifecycle transition"), "owner": one("org resource")},
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recognised:
    """A format and the columns it has in this file, by role."""

    format: Format
    columns: Mapping[Role, str] = field(default_factory=dict)


def recognise(headers: Sequence[str]) -> Recognised | None:
    """Give the first format whose telling columns are all among the headers."""
    by_name = {plain(header): header for header in reversed(headers)}
    for known in FORMATS:
        if all(any(name in by_name for name in group) for group in known.needs) and _has_header(
            known, headers
        ):
            found = {role: _first(names, by_name) for role, names in known.columns.items()}
            return Recognised(known, {role: column for role, column in found.items() if column})
    return None


def _has_header(known: Format, headers: Sequence[str]) -> bool:
    return known.header is None or any(known.header.match(header) for header in headers)


def _first(names: Names, by_name: Mapping[str, str]) -> str | None:
    return next((by_name[name] for name in names if name in by_name), None)


def hubspot_stages(headers: Sequence[str]) -> dict[str, str]:
    """Give the stage of each "Date entered" column: its label without the pipeline, or its internal name.

    >>> hubspot_stages(['Deal Name', 'Date entered "Demo (on site) (Sales Pipeline)"'])
    {'Date entered "Demo (on site) (Sales Pipeline)"': 'Demo (on site)'}
    """
    found = ((header, HUBSPOT_DATE.match(header)) for header in headers)
    return {header: match["label"] or match["id"] for header, match in found if match}


def by_name(name: str) -> Format | None:
    """Give the format of this name, or None."""
    return next((known for known in FORMATS if known.name == name), None)
