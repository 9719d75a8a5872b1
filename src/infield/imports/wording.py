"""The sentences of the readers' codes, in the language that is active."""

from collections.abc import Mapping
from datetime import date

from infield.imports.reading import Finding, LeftOut, Rejected, Unreadable, Value
from infield.web import dates, figures
from infield.web.language import gettext, spoken
from infield.web.language import noop as _

UNREADABLE: Mapping[str, str] = {
    "no_files": _("No file was given."),
    "no_such_file": _("There is no such file."),
    "cannot_open": _("The file cannot be opened: {why}."),
    "empty": _("The file is empty."),
    "not_text": _("This is no text, spreadsheet, Parquet or XES file."),
    "not_a_table": _("Organizations, contacts and leads are read from CSV or XLSX."),
    "nobody_named": _(
        "No column says whom a row is about. Choose below which column holds the name. There are: {columns}."
    ),
    "html": _("This is a web page, as some programs export it under the name of a spreadsheet. Save it as "
              "CSV or XLSX."),
    "json": _("This is JSON. Export the history as CSV, XLSX, Parquet or XES."),
    "packed": _("The file is packed in a way that is not read here. Unpack it, or pack it with gzip."),
    "old_spreadsheet": _("This is an old or a locked spreadsheet. Save it as XLSX without a password, or as "
                         "CSV."),
    "not_what_it_says": _("The name ends in {suffix}, but that is not what the file holds."),
    "truncated_gzip": _("The packed file ends too early: it was cut off while it was copied or downloaded."),
    "broken_gzip": _("The packed file is damaged."),
    "gzip_bomb": _("The packed file unpacks into far more than a history of deals does."),
    "no_such_encoding": _("There is no encoding called {encoding}."),
    "line_too_long": _("A line is longer than {limit} bytes: this is hardly a table."),
    "unclosed_quote": _("A quotation mark opens here and is never closed."),
    "cell_too_long": _("A cell is longer than {limit} characters."),
    "too_many_columns": _("The file has {n} columns; up to {limit} are read."),
    "one_column": _("The rows have one cell each. If another mark separates them, name it."),
    "no_header": _("No row names the columns. The first one reads: {row}"),
    "no_rows": _("The file has names of columns, but no rows."),
    "not_parquet": _("This is not a whole Parquet file."),
    "not_xlsx": _("This is not a whole XLSX file."),
    "workbook_too_big": _("The workbook unpacks into more than {limit} MB. Save the sheet as CSV."),
    "too_many_cells": _("The sheet spans more than {limit} cells. Save it as CSV."),
    "no_such_sheet": _("The workbook has no sheet called {sheet}."),
    "no_such_column": _("There is no column called {column}. The file has: {columns}"),
    "columns_missing": _("It is not clear which columns hold: {roles}. Name them. The file has: {columns}"),
    "bad_mapping": _("The mapping file is wrong at: {place}"),
    "no_traces": _("The XES file holds no deals."),
    "not_xes": _("This is XML, but no XES event log."),
    "not_xml": _("The XML is broken here."),
    "entities": _("The XML declares entities. They are not read, as they can be used to do harm."),
    "wrong_encoding": _("The file is not in the encoding that it says."),
    "tag_too_long": _("A part of the XML is longer than {limit} MB."),
    "nested_too_deep": _("The XML is nested more than {limit} deep."),
    "event_too_long": _("An event has more than {limit} attributes."),
    "mixed_with_xes": _("XES files and tables cannot be read as one history."),
}  # fmt: skip
ROLES: Mapping[str, str] = {
    "case": _("the deal"),
    "stage": _("the stage or activity"),
    "at": _("the time"),
    "field": _("the field that changed"),
    "new_value": _("its new value"),
    "created": _("the first or the closing date"),
}
REJECTED: Mapping[str, str] = {
    "too_few_cells": _("has {n} cells instead of {expected}"),
    "too_many_cells": _("has {n} cells instead of {expected}"),
    "bad_characters": _("has bytes that are no characters in this encoding"),
    "bad_quotes": _("has a quotation mark in the wrong place; {lines} lines were taken for one row"),
    "cell_too_long": _("has a cell that is too long for a name"),
    "unfit": _("does not fit “{field}”: {why}"),
    "refused": _("was not taken: {why}"),
    "no_case": _("does not say which deal it is about"),
    "no_stage": _("names no stage or activity"),
    "no_time": _("has no time"),
    "bad_time": _("has a time that cannot be read"),
    "no_name": _("names no activity"),
    "name_too_long": _("names an activity with a name that is too long"),
    "bad_amount": _("has an amount that cannot be read"),
}
LEFT_OUT: Mapping[str, str] = {
    "lifecycle_not_complete": _("events that were scheduled, started or suspended, but not completed"),
    "other_field": _("changes of other fields than the stage"),
    "no_new_value": _("changes of the stage to nothing"),
    "no_change": _("changes that change nothing"),
    "no_date": _("deals without any date of something that happened"),
    "duplicate_row": _("rows that repeat an earlier row of the deal"),
    "repeated_id": _("later rows of a deal that had a row"),
    "repeated_event_id": _("rows of an event that had a row"),
    "duplicate_of_other_file": _("rows that another file of the history has as well"),
    "footer": _("lines below the table"),
    "not_complete": _("events that were scheduled, started or suspended, but not completed"),
    "outside_trace": _("events that belong to no deal"),
}
FINDINGS: Mapping[str, str] = {
    "all_at_midnight": _("All {n} times are midnight: they are taken for dates without a time."),
    "date_order_unsure": _(
        "Nothing shows whether the day or the month comes first; the order {order} was assumed."
    ),
    "several_offsets": _("Times name several offsets from UTC, as they do where clocks change twice a year."),
    "own_unfit": _("Left out, because it does not fit “{field}”: {n} ×, such as “{value}”. {why}"),
    "unknown_currency": _("{n} rows name a currency that does not exist"),
    "duplicate_rows": _("{n} rows are exact repetitions of another."),
    "repeated_ids": _("{n} rows repeat the id of an earlier deal, such as {examples}; the first row counts."),
    "deals_without_date": _("{n} deals have no date and are left out (stages: {stages})."),
    "missing_organization": _("{n} rows name no account; {open} of them are open deals."),
    "missing_owner": _("{n} rows name no owner."),
    "end_before_start": _("{n} deals ended before they began."),
    "open_with_close_date": _(
        "{n} open deals have a closing date: it is taken for a plan, not for an event."
    ),
    "amount_zero_on_lost": _("{n} lost deals have the amount 0: what was lost is not known."),
    "amount_zero_on_won": _("{n} won deals have the amount 0."),
    "negative_amount": _("{n} deals have a negative amount."),
    "no_outcomes": _("None of {n} deals is known as won or lost. Name the stages that mean it."),
    "outcome_name_unknown": _("No stage, activity or state is called {name}."),
    "closed_without_date": _("{n} deals are closed without a closing date."),
    "archived_deals_missing": _(
        "No deal is lost. This system archives lost deals: export the archived ones as well."
    ),
    "closed_at_expected_date": _(
        "The closing date of {n} closed deals is the expected one: the file has no other."
    ),
    "stale_open_deals": _(
        "{n} open deals have not moved for longer than 95 of 100 sales took from start to end ({days} days); "
        "the oldest since {oldest}, {n_quarter} of them since {quarter}."
    ),
    "no_early_ends": _(
        "{n} deals began before the first one ended: the history begins {first}, the first end is "
        "{first_end}. "
        "Deals that ended earlier are missing, so the early ones look slower than they were."
    ),
    "first_stage_without_date": _(
        "{n} deals have a stage before their first change, but not when they entered it."
    ),
    "simultaneous_events": _(
        "{n} events of the same deal share their time with another; the file's order decides."
    ),
    "repeated_stages": _("{n} deals enter a stage more than once."),
    "unknown_product": _("{n} rows name a product that is not in the list"),
    "unknown_organization": _("{n} rows name an account that is not in the list"),
    "unknown_owner": _("{n} rows name a seller who is not in the list"),
    "likely_misspelled": _("{n} rows say “{value}”, which is likely meant to be “{likely}”."),
    "deals_without_events": _("{n} deals have no event that counts."),
    "repeated_deal_name": _("{n} deals have the name of another; each is a deal of its own."),
    "deal_without_name": _("{n} deals have no name."),
    "unreadable_amount": _("{n} deals have an amount that cannot be read."),
    "file_not_used": _(
        "The file has no history and nothing in common with the one that is read: it was not used."
    ),
}
REFUSALS: Mapping[str, str] = {
    "no_files": _("Choose at least one file."),
    "too_many_files": _("Up to {most} files are read as one history. Import the rest afterwards."),
    "too_large": _(
        "Together the files are larger than {most} MB. Use the command `infield import` on the server."
    ),
    "not_now": _("This import has gone on meanwhile. Load the page again to see where it is."),
    "nobody_found": _("No row of these files can be loaded. Correct how the columns were understood."),
    "nothing_found": _("No deal was found in these files, so there is nothing to load."),
    "too_many_owners": _(
        "{n} owners were found; up to {most} are taken. Is another column meant? Correct how the columns were "
        "understood."
    ),
    "unknown_stage": _("A stage that was chosen is not on the map any more. Load the page again."),
    "stages_open": _("Deals to work on need a stage of the map each. Choose one for: {names}"),
}
REASONS: Mapping[str, str] = {
    "format": _("known export format"),
    "given": _("chosen by you"),
    "name": _("by its name"),
    "part_of_name": _("by a part of its name"),
    "values": _("by what is in it"),
}
CONFIDENCES: Mapping[str, str] = {"sure": _("sure"), "likely": _("likely"), "weak": _("a guess")}
ROLE_NAMES: Mapping[str, str] = {
    "case": _("Deal (its id)"),
    "stage": _("Stage or activity"),
    "at": _("Time of the event"),
    "status": _("Won, lost or open"),
    "created": _("Date it began"),
    "closed": _("Date it closed"),
    "owner": _("Owner"),
    "organization": _("Account"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "product": _("Product"),
    "source": _("Source"),
    "segment": _("Segment"),
    "field": _("Field that changed"),
    "new_value": _("New value"),
    "old_value": _("Old value"),
    "lifecycle": _("Step of the life cycle"),
    "won_at": _("Date it was won"),
    "lost_at": _("Date it was lost"),
}
"""What a column may be, in the order of asking."""
DAYS = ("oldest", "first", "first_end")
LIKELY = _("Is “{likely}” meant?")


def refusal(error: Unreadable) -> str:
    """Give the sentence of a file that cannot be read, with its place."""
    params = dict(error.params)
    if error.code == "columns_missing" and isinstance(roles := params.get("roles"), list):
        params["roles"] = [gettext(ROLES.get(role, role)) for role in roles]
    place = ", ".join(part for part in (error.file, _line(error.line)) if part)
    sentence = _filled(UNREADABLE[error.code], params)
    return f"{place}: {sentence}" if place else sentence


def _line(line: int | None) -> str | None:
    return None if line is None else gettext("line {line}").format(line=line)


def rejection(row: Rejected) -> str:
    """Give the sentence of a row that was rejected: file, row and reason."""
    place = (
        gettext("{file}, line {row} {reason}")
        if "event" in row.params
        else gettext("{file}, row {row} {reason}")
    )
    reason = _with_value(_filled(REJECTED[row.reason], row.params), row.params)
    return place.format(file=row.file, row=row.row, reason=reason)


def left_out(rows: LeftOut) -> str:
    """Give what was left out by a rule, with its number."""
    language = spoken()
    return gettext("{n} {what}").format(
        n=figures.count(rows.n, language), what=gettext(LEFT_OUT[rows.reason])
    )


def finding(found: Finding) -> str:
    """Give the sentence of a finding, without its place."""
    sentence = _filled(FINDINGS[found.code], {"n": found.n, **found.params})
    if not found.code.startswith("unknown_"):
        return sentence
    sentence = _with_value(sentence, found.params) + "."
    return f"{sentence} {_filled(LIKELY, found.params)}" if found.params.get("likely") else sentence


def _with_value(sentence: str, params: Mapping[str, Value]) -> str:
    value = params.get("value")
    return sentence if value is None else f"{sentence}: {value}"


def _filled(message: str, params: Mapping[str, Value]) -> str:
    return gettext(message).format(**{name: _shown(name, value) for name, value in params.items()})


def _shown(name: str, value: Value) -> str:
    """Write what is put into a sentence as the language writes it; what stands in a file, as it stands there."""
    language = spoken()
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, int):
        return figures.count(value, language)
    if name in DAYS:
        return dates.day(date.fromisoformat(str(value)), language)
    return dates.quarter(str(value), language) if name == "quarter" else str(value)


def refused(code: str, params: Mapping[str, object]) -> str:
    """Give the sentence of a step of an import that was refused."""
    return gettext(REFUSALS[code]).format(**params)
