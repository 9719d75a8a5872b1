"""Guesses what the columns of an unknown table mean, by their names first and their values second."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from infield.imports.formats import plain
from infield.imports.header import LOOKS_LIKE_A_DATE, LOOKS_LIKE_A_NUMBER
from infield.imports.mapping import Guess, Role, Shape
from infield.imports.outcomes import bare

NAMES: Mapping[Role, tuple[str, ...]] = {
    "case": (
        "case id", "case concept name", "case", "caseid", "deal id", "opportunity id", "opportunity number",
        "record id", "lead id", "bid id", "trace", "potential id", "deal", "deal number", "opportunity", "id",
        "案件id", "案件番号", "商談id", "商談番号", "案件", "案件コード", "管理番号",
        "รหัสดีล", "รหัสโอกาสการขาย", "รหัสโอกาส", "เลขที่", "รหัส", "kaupan tunnus", "kauppa id", "tunnus",
        "kauppa", "vorgangsnummer", "vorgang", "deal name", "opportunity name",
    ),
    "lifecycle": ("lifecycle", "lifecycle transition", "transition", "event type lifecycle"),
    "stage": (
        "activity", "concept name", "stage", "deal stage", "sales stage", "stage name", "pipeline stage",
        "event", "event name", "task", "step", "phase", "フェーズ", "ステージ", "商談フェーズ", "段階",
        "活動",
        "ขั้นตอน", "สเตจ", "กิจกรรม", "vaihe", "myyntivaihe", "tapahtuma", "phase name", "aktivität", "étape",
    ),
    "status": (
        "status", "outcome", "deal status", "result", "state", "deal status code", "結果", "ステータス",
        "状態",
        "สถานะ", "ผลลัพธ์", "tila", "tulos",
    ),
    "is_won": ("is won", "won"),
    "is_closed": ("is closed", "closed"),
    "created": (
        "created", "created date", "create date", "date created", "created at", "created on", "created time",
        "engage date", "start date", "open date", "opened", "opened at", "registered", "entry date",
        "作成日", "作成日時", "登録日", "開始日", "วันที่สร้าง", "วันที่เริ่ม", "luotu", "avattu", "aloituspvm",
        "erstellt", "erstellt am",
    ),
    "closed": (
        "close date", "closed date", "closed at", "closed on", "date closed", "closing date", "end date",
        "closed time", "completed at", "完了日", "クローズ日", "受注日", "完了予定日", "วันที่ปิด", "suljettu",
        "päätetty", "päättymispvm", "abgeschlossen am", "deal date", "bid date", "decision date",
    ),
    "at": (
        "timestamp", "time timestamp", "datetime", "date time", "time", "at", "event time", "event date",
        "complete timestamp", "end timestamp", "date", "when", "changed at", "entered at", "stage date",
        "日時", "タイムスタンプ", "更新日時", "日付", "วันเวลา", "วันที่", "เวลา", "aikaleima", "aika",
        "päivämäärä", "pvm", "datum", "zeitpunkt",
    ),
    "won_at": ("won at", "won date", "date won", "won time", "won on"),
    "lost_at": ("lost at", "lost date", "date lost", "lost time", "lost on"),
    "stage_since": ("last stage change", "last stage change date", "stage since", "stage entered at"),
    "owner": (
        "owner", "resource", "org resource", "sales agent", "sales rep", "rep", "salesperson", "deal owner",
        "opportunity owner", "assigned to", "agent", "user", "担当者", "営業担当", "営業担当者",
        "ผู้รับผิดชอบ", "พนักงานขาย", "ผู้ขาย", "myyjä", "vastuuhenkilö", "omistaja", "verkäufer",
    ),
    "organization": (
        "account", "account name", "company", "company name", "customer", "customer name", "organization",
        "organisation", "client", "client name", "会社名", "顧客", "顧客名", "取引先", "取引先名",
        "บริษัท", "ลูกค้า", "ชื่อลูกค้า", "yritys", "asiakas", "kunde", "firma",
    ),
    "product": ("product", "product name", "item", "solution type", "製品", "商品", "商品名", "สินค้า",
        "tuote", "produkt"),
    "source": ("source", "lead source", "channel", "流入元", "リードソース", "แหล่งที่มา", "lähde"),
    "segment": ("segment", "industry", "sector", "客層", "業種", "กลุ่มลูกค้า", "segmentti", "toimiala",
        "branche"),
    "amount": (
        "amount", "deal value", "deal amount", "value", "close value", "revenue", "price", "total",
        "deal cost",
        "expected revenue", "amount requested", "金額", "受注金額", "見込金額", "売上", "มูลค่า", "จำนวนเงิน",
        "ยอดขาย",
        "summa", "arvo", "betrag", "wert", "montant",
    ),
    "currency": ("currency", "currency code", "currency iso code", "通貨", "สกุลเงิน", "valuutta", "währung"),
    "event_id": ("event id", "history id"),
    "field": ("field", "field name", "fieldname", "field key", "changed field"),
    "old_value": ("old value", "from value", "previous value", "prevalue", "before"),
    "new_value": ("new value", "to value", "postvalue", "after"),
}  # fmt: skip
PARTS: Mapping[Role, str] = {
    "case": r"\b(case|deal|opportunity|lead|quote|application) "
            r"?(id|no|nr|number|key|code)\b|\bid$|番号$|^รหัส",
    "stage": r"^(?!.*\b(lost|last|previous|days|duration|probability|time|date)\b).*"
             r"\b(stage|activity|phase)\b|フェーズ|ขั้นตอน",
    "at": r"timestamp|\b(date ?time|time|date|at)\b|日時|日付|วันที่",
    "created": r"^(?!.*\b(by|id)\b).*"
               r"\b(created?|start(ed)?|opened|engaged?|registered|entered|submitted)\b|作成|開始|สร้าง",
    "closed": r"^(?!.*\b(expected|planned|pushed|reason|by|value|amount)\b).*"
              r"\b(closed?|closing|end(ed)?|finished)\b|完了|ปิด",
    "owner": r"\b(owner|agent|rep|salesperson|seller)\b|担当",
    "organization": r"\b(account|company|customer|organi[sz]ation) ?name\b",
    "amount": r"^(?!.*\b(weighted|probability)\b).*\b(amount|value|revenue|price|cost)\b|金額|มูลค่า",
    "lifecycle": r"\blifecycle\b",
    "currency": r"\bcurrency\b",
    "status": r"\b(status|outcome)\b",
}  # fmt: skip
DATES: frozenset[Role] = frozenset({"at", "created", "closed", "won_at", "lost_at", "stage_since"})
NO_STAGE_DATE = re.compile(
    r"\b(modified|updated?|last|next|expected|planned|due|activity|birth|export|sync|contract "
    r"start|renewal)\b"
)
DATE_WORDS = re.compile(r"\b(date|time|at|on|day|timestamp|entered|entry|utc|pvm|datum)\b|日時?$|^วันที่")
ENDINGS = re.compile(r"(ication|ation|ing|ied|ed|al|e|y)$")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the first rows of a column look like, shares of the filled cells."""

    filled: float
    dates: float
    numbers: float
    distinct: float
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guessed:
    """The shape of a table, its columns by role, and why."""

    shape: Shape | None
    columns: Mapping[Role, str]
    stage_dates: Mapping[str, str]
    guesses: tuple[Guess, ...]


def profile(values: Sequence[str]) -> Profile:
    """Give the profile of a column's first values."""
    filled = [value.strip() for value in values if value.strip()]
    n = max(len(filled), 1)
    return Profile(
        filled=len(filled) / max(len(values), 1),
        dates=sum(bool(is_date_like(value)) for value in filled) / n,
        numbers=sum(bool(LOOKS_LIKE_A_NUMBER.match(value)) for value in filled) / n,
        distinct=len(set(filled)) / n,
        samples=tuple(value[:60] for value in dict.fromkeys(filled[:50]))[:3],
    )


def is_date_like(value: str) -> bool:
    """Tell what could be a date, with English month names, Japanese eras and Thai digits as well."""
    if LOOKS_LIKE_A_DATE.match(value):
        return True
    return bool(
        re.match(r"\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4}|(令和|平成)", value)
    )


def guess(
    columns: Sequence[str], sample: Sequence[Sequence[str]], given: Mapping[Role, str], shape: Shape | None
) -> Guessed:
    """Guess the roles of the columns that were not given, and the shape of the table."""
    profiles = {column: profile([row[place] for row in sample]) for place, column in enumerate(columns)}
    found: dict[Role, tuple[str, str]] = {role: (column, "given") for role, column in given.items()}
    for role in NAMES:
        if role not in found and (hit := _by_name(role, columns, profiles, _taken(found))):
            found[role] = hit
    _by_values(found, columns, profiles)
    shape = shape or _shape(found, profiles, given)
    stage_dates = _stage_dates(found, columns, profiles) if shape in (None, "deals", "stage_dates") else {}
    if not given and len(stage_dates) >= 3:
        shape = "stage_dates"
    if shape == "stage_dates":
        found = {role: hit for role, hit in found.items() if hit[0] not in stage_dates and role != "at"}
    _settle(found, shape)
    return Guessed(
        shape,
        {role: column for role, (column, _) in found.items()},
        stage_dates if shape == "stage_dates" else {},
        tuple(_guess(role, column, reason, profiles[column]) for role, (column, reason) in found.items()),
    )


def _taken(found: Mapping[Role, tuple[str, str]]) -> set[str]:
    return {column for column, _ in found.values()}


def _by_name(
    role: Role, columns: Sequence[str], profiles: Mapping[str, Profile], taken: Collection[str]
) -> tuple[str, str] | None:
    open_to = [column for column in columns if column not in taken]
    free = [column for column in open_to if _fits(role, profiles[column])]
    for name in NAMES[role]:
        # a column called timestamp is one, also where none of its values can be read
        for column in open_to if role == "at" else free:
            if plain(column) == name:
                return column, "name"
    pattern = PARTS.get(role)
    for column in free if pattern else ():
        if re.search(pattern or "", plain(column)):
            return column, "part_of_name"
    return None


def _fits(role: Role, seen: Profile) -> bool:
    if role in DATES:
        return seen.filled == 0 or seen.dates >= 0.5 or (seen.numbers > 0.99 and _large_numbers(seen))
    if role == "amount":
        return seen.dates < 0.5
    if role in ("is_won", "is_closed"):
        return bool(seen.samples) and {bare(value) for value in seen.samples} <= {
            "true",
            "false",
            "0",
            "1",
            "yes",
            "no",
        }
    return role == "case" or seen.dates < 0.5


def _large_numbers(seen: Profile) -> bool:
    return all(re.fullmatch(r"\d{5}(\.\d+)?|\d{10}|\d{13}|\d{16}", value) for value in seen.samples)


def _by_values(
    found: dict[Role, tuple[str, str]], columns: Sequence[str], profiles: Mapping[str, Profile]
) -> None:
    """Take the only column of dates for the time where no name told it."""
    dated = [column for column in columns if profiles[column].dates >= 0.9 and column not in _taken(found)]
    if not found.keys() & DATES and len(dated) == 1:
        found["at"] = (dated[0], "values")


def _shape(
    found: Mapping[Role, tuple[str, str]], profiles: Mapping[str, Profile], given: Mapping[Role, str]
) -> Shape | None:
    if {"field", "new_value", "at"} <= found.keys() or {"field", "new_value"} <= given.keys():
        return "changes"
    if "case" not in found:
        return None
    # a few rows for the same id are mistakes in a table of deals, many are its history
    repeated = profiles[found["case"][0]].distinct < 0.8
    by_deal = found.keys() & {"created", "closed"}
    at = "at" in given or ("at" in found and (repeated or not by_deal))
    if "stage" in found and (at or (by_deal and repeated)):
        return "events"
    ends = found.keys() & {"stage", "status", "is_won"}
    return "deals" if ends and found.keys() & DATES else None


def _stage_dates(
    found: Mapping[Role, tuple[str, str]], columns: Sequence[str], profiles: Mapping[str, Profile]
) -> dict[str, str]:
    """Give the date columns that are named like stages, with the stage: `Proposal date` → `Proposal`."""
    used = {
        found[role][0] for role in ("created", "closed") if role in found and found[role][1] != "part_of_name"
    }
    dated = [
        column for column in columns
        if profiles[column].dates >= 0.5 and column not in used and not NO_STAGE_DATE.search(plain(column))
    ]  # fmt: skip
    named = {column: date_column_name(column) for column in dated}
    return {column: name for column, name in named.items() if name}


def date_column_name(column: str) -> str:
    """Give what happened at the date in a column, from the column's own name.

    >>> date_column_name("engage_date"), date_column_name("Created Time")
    ('Engage', 'Created')
    """
    words = " ".join(DATE_WORDS.sub(" ", plain(column)).split())
    return words[:1].upper() + words[1:]


def stem(word: str) -> str:
    """Give a word without the ending that makes it a name, a state or a doing.

    >>> stem("engage") == stem("Engaging"), stem("qualified") == stem("Qualification")
    (True, True)
    """
    return ENDINGS.sub("", bare(word))


def _settle(found: dict[Role, tuple[str, str]], shape: Shape | None) -> None:
    """Drop the roles that a shape has no use for, and let a date stand in for the one it needs."""
    if shape == "events":
        for other in ("created", "closed"):
            if other in found:
                found.setdefault("at", found[other])
                del found[other]
    elif shape == "deals":
        if "at" in found and "created" not in found and "closed" in found:
            found["created"] = found["at"]
        if "at" in found and not found.keys() & {"created", "closed"}:
            found["closed"] = found["at"]
        found.pop("at", None)


def _guess(role: Role, column: str, reason: str, seen: Profile) -> Guess:
    confidence = {"given": "sure", "name": "likely"}.get(reason, "weak")
    return Guess.model_validate(
        {"role": role, "column": column, "confidence": confidence, "reason": reason, "samples": seen.samples}
    )
