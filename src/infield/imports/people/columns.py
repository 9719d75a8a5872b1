"""Guesses which column of a table of organizations, contacts or leads fills which field, by the columns' names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from infield.imports.formats import plain
from infield.imports.people.more import addresses, consents, steps
from infield.imports.people.more.names import NAMES

KINDS = ("organization", "contact", "lead")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "organization": (
        "name", "reading", "domain", "industry", "size", "country", "place", "emails", "phones", "owner",
        *addresses.ROLES, addresses.FURTHER,
    ),
    "contact": (
        "full_name", "family", "given", "family_kana", "given_kana", "honorific", "culture", "organization",
        "job_title",
        "emails", "phones", "language", "channel", "owner",
        *addresses.ROLES, addresses.FURTHER, *steps.ROLES, *consents.ROLES,
    ),
    "lead": (
        "person", "company", "job_title", "email", "phone", "website", "country", "place", "industry", "size",
        "wanted", "source", "owner", *consents.ROLES,
    ),
}  # fmt: skip
"""What a column can fill, by kind; own fields come beside, by their keys."""
NEEDS: Mapping[str, tuple[str, ...]] = {
    "organization": ("name",),
    "contact": ("full_name", "family", "given"),
    "lead": ("person", "company"),
}
"""One of these is needed: without it no row says whom it is about."""

_COMPANY = (
    "organization", "organisation", "organization name", "company", "company name", "account", "account name",
    "customer", "customer name", "client", "client name", "会社名", "会社", "企業名", "取引先", "取引先名", "顧客名",
    "บริษัท", "ชื่อบริษัท", "ลูกค้า", "yritys", "yrityksen nimi", "asiakas", "organisaatio",
)  # fmt: skip
_PERSON = (
    "name", "full name", "contact", "contact name", "person", "contact person", "氏名", "名前", "担当者名",
    "ชื่อ", "ชื่อ นามสกุล", "ชื่อผู้ติดต่อ", "nimi", "koko nimi", "yhteyshenkilö", "henkilö",
)  # fmt: skip
_EMAIL = (
    "email", "e mail", "mail", "email address", "e mail address", "emails", "work email", "primary email",
    "メール", "メールアドレス", "eメール", "อีเมล", "sähköposti", "sähköpostiosoite",
)  # fmt: skip
_PHONE = (
    "phone", "phone number", "telephone", "tel", "phones", "work phone", "mobile", "mobile phone", "primary phone",
    "電話", "電話番号", "携帯", "携帯電話", "โทรศัพท์", "เบอร์โทร", "เบอร์โทรศัพท์", "มือถือ",
    "puhelin", "puhelinnumero", "matkapuhelin",
)  # fmt: skip
_SITE = (
    "domain", "website", "web site", "web", "url", "homepage", "company domain name", "web domain",
    "ドメイン", "ウェブサイト", "サイト", "ホームページ", "เว็บไซต์", "โดเมน", "verkkosivu", "verkkotunnus", "kotisivu",
)  # fmt: skip
_SHARED: Mapping[str, tuple[str, ...]] = {
    "industry": ("industry", "sector", "branch", "業種", "業界", "อุตสาหกรรม", "ประเภทธุรกิจ", "toimiala"),
    "size": (
        "employees", "number of employees", "no of employees", "size", "headcount", "従業員数", "社員数",
        "จำนวนพนักงาน", "พนักงาน", "henkilöstö", "henkilöstömäärä", "työntekijöitä",
    ),
    "country": ("country", "country region", "country code", "国", "国名", "ประเทศ", "maa"),
    "place": (
        "city", "place", "town", "市区町村", "都市", "所在地", "เมือง", "จังหวัด",
        "kaupunki", "paikkakunta",
    ),
    "owner": (
        "owner", "account owner", "contact owner", "lead owner", "assigned to", "responsible", "owner email",
        "担当者", "営業担当", "担当", "ผู้รับผิดชอบ", "ผู้ดูแล", "vastuuhenkilö", "omistaja", "myyjä",
    ),
    "job_title": ("job title", "title", "position", "role", "役職", "部署役職", "ตำแหน่ง", "titteli", "asema"),
    "emails": _EMAIL,
    "phones": _PHONE,
    "email": _EMAIL,
    "phone": _PHONE,
    "domain": _SITE,
    "website": _SITE,
    "channel": ("preferred channel", "contact preference", "preferred contact method"),
    "language": ("language", "preferred language", "言語", "ภาษา", "kieli"),
    "reading": ("reading", "kana", "name kana", "フリガナ", "ふりがな", "会社名 カナ", "会社名カナ", "カナ"),
    "family": ("family name", "last name", "surname", "姓", "苗字", "นามสกุล", "sukunimi"),
    "given": ("given name", "first name", "forename", "名", "ชื่อจริง", "ชื่อต้น", "etunimi"),
    "family_kana": ("family name kana", "last name kana", "セイ", "姓 カナ", "姓カナ", "せい"),
    "given_kana": ("given name kana", "first name kana", "メイ", "名 カナ", "名カナ", "めい"),
    "culture": ("name is written as in", "culture"),
    "honorific": ("form of address", "salutation", "honorific", "敬称", "คำนำหน้า", "คำนำหน้าชื่อ", "puhuttelu"),
    "organization": _COMPANY,
    "company": _COMPANY,
    "full_name": _PERSON,
    "person": (*_PERSON, "lead", "lead name", "リード名"),
    "wanted": (
        "description", "message", "wanted", "interest", "notes", "comment", "comments", "inquiry",
        "内容", "お問い合わせ内容", "備考", "รายละเอียด", "ข้อความ", "ความสนใจ", "kuvaus", "viesti", "kiinnostus",
    ),
    "source": ("source", "lead source", "channel", "流入元", "リードソース", "แหล่งที่มา", "lähde"),
}  # fmt: skip
_OF_ORGANIZATION = {"name": ("name", "nimi", "名称", "ชื่อ", *_COMPANY)}


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that fills a field; `reason`: given (by somebody) or name (by its own)."""

    role: str
    column: str
    reason: str
    samples: tuple[str, ...] = ()

    @property
    def confidence(self) -> str:
        return "sure" if self.reason == "given" else "likely"


def guess(
    kind: str,
    columns: Sequence[str],
    sample: Sequence[Sequence[str]],
    called: Mapping[str, Sequence[str]],
    given: Mapping[str, str],
) -> tuple[Guess, ...]:
    """Give which column fills which field: as given, else by their names; no column fills two.

    `called`: what fields are called here, and own ones, by their keys. `given`: field to column, "" for none.

    >>> [(one.role, one.column) for one in guess("contact", ["E-mail", "Last Name", "Ä"], [], {}, {"given": "Ä"})]
    [('emails', 'E-mail'), ('family', 'Last Name'), ('given', 'Ä')]
    """
    found = [Guess(role, column, "given") for role, column in given.items() if column in columns]
    left = {plain(column): column for column in reversed(columns) if column not in set(given.values())}
    ours = {role: [plain(name) for name in names] for role, names in called.items()}
    theirs = {role: _names(kind, role) for role in FIELDS[kind]}
    # what is called as it is here goes first: an export of ours comes back as it went
    for role, known in (*ours.items(), *theirs.items()):
        column = None if role in given else next((left[name] for name in known if name in left), None)
        if column and role not in {one.role for one in found}:
            left.pop(plain(column))
            found.append(Guess(role, column, "name"))
    places = {column: place for place, column in enumerate(columns)}
    return tuple(
        Guess(one.role, one.column, one.reason, _samples(sample, places[one.column]))
        for one in sorted(found, key=lambda one: places[one.column])
    )


def _names(kind: str, role: str) -> tuple[str, ...]:
    if kind == "organization" and role == "name":
        return _OF_ORGANIZATION[role]
    return _SHARED.get(role) or NAMES.get(role, ())


def _samples(sample: Sequence[Sequence[str]], place: int) -> tuple[str, ...]:
    cells = (row[place].strip()[:60] for row in sample[:50])
    return tuple(dict.fromkeys(cell for cell in cells if cell))[:3]
