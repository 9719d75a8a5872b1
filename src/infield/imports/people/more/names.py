"""What other systems call the columns of addresses, consent and the next step, in four languages."""

from collections.abc import Mapping

from infield.imports.people.more import addresses

_LINES: Mapping[str, tuple[str, ...]] = {
    "street": ("street", "address", "address line 1", "street address"),
    "postcode": ("postcode", "postal code", "zip", "zip code", "zip postal code"),
    "place": ("city", "town"),
    "region": ("region", "state", "province", "state province", "county", "prefecture"),
    "country": ("country", "country region", "country code"),
}
_BEFORE: Mapping[str, tuple[str, ...]] = {
    "visit": ("", "visiting", "shipping", "mailing", "primary address", "office"),
    "billing": ("billing", "invoice", "invoicing"),
    "other": ("other", "alternative"),
}
"""What English systems put before a line of an address of each kind."""
_FURTHER: Mapping[str, tuple[str, ...]] = {
    "visit_street": (
        "住所", "番地", "町名番地", "住所 番地", "katuosoite", "lähiosoite", "käyntiosoite", "osoite",
        "ที่อยู่", "ถนน",
        "เลขที่และถนน",
    ),
    "visit_postcode": ("郵便番号", "postinumero", "รหัสไปรษณีย์"),
    "visit_place": ("市区町村", "市町村", "postitoimipaikka", "kaupunki", "paikkakunta", "เมือง", "อำเภอ", "เขต"),
    "visit_region": ("都道府県", "maakunta", "alue", "จังหวัด", "ภูมิภาค"),
    "visit_country": ("国", "国名", "maa", "ประเทศ"),
    "billing_street": ("請求先住所", "laskutusosoite", "ที่อยู่สำหรับออกใบแจ้งหนี้", "ที่อยู่ออกใบกำกับภาษี"),
    "billing_postcode": ("請求先郵便番号", "laskutuksen postinumero", "รหัสไปรษณีย์สำหรับออกใบแจ้งหนี้"),
    "billing_place": ("請求先市区町村", "laskutuksen postitoimipaikka"),
    "billing_region": ("請求先都道府県",),
    "billing_country": ("請求先国", "laskutuksen maa"),
    "consent_all": (
        "consent", "marketing consent", "gdpr consent", "opt in", "opted in", "marketing opt in", "同意", "同意状況",
        "マーケティング同意", "suostumus", "markkinointilupa", "ความยินยอม", "ยินยอม",
    ),
    "consent_email": (
        "email consent", "consent email", "email opt in", "newsletter", "subscribed", "メール同意",
        "メール配信同意", "メルマガ",
        "sähköpostilupa", "uutiskirje", "ยินยอมรับอีเมล", "จดหมายข่าว",
    ),
    "consent_phone": (
        "phone consent", "call consent", "phone opt in", "電話同意", "puhelinlupa", "ยินยอมรับโทรศัพท์",
    ),
    "consent_text": ("sms consent", "text consent", "sms opt in", "sms同意", "tekstiviestilupa", "ยินยอมรับ sms"),
    "consent_post": ("post consent", "mail consent", "postal opt in", "郵送同意", "postilupa", "ยินยอมรับไปรษณีย์"),
    "refused_email": (
        "email opt out", "has opted out of email", "opted out of email", "unsubscribed",
        "unsubscribed from all email",
        "do not email", "メール配信停止", "メール拒否", "sähköpostikielto", "ไม่รับอีเมล",
    ),
    "refused_phone": (
        "do not call", "no calls", "phone opt out", "電話禁止", "電話拒否", "puhelinkielto", "ไม่รับโทรศัพท์",
    ),
    "consent_source": (
        "consent source", "opt in source", "同意の取得元", "同意方法", "suostumuksen lähde",
        "ที่มาของความยินยอม",
    ),
    "consent_on": (
        "consent date", "consent given on", "opt in date", "date of consent", "同意日", "同意取得日",
        "suostumuspäivä",
        "suostumuksen päivä", "วันที่ให้ความยินยอม",
    ),
    "next_step": (
        "next action", "next activity", "次回アクション", "次の一手", "次回予定", "seuraava toimenpide", "ขั้นต่อไป",
    ),
    "next_step_on": (
        "next step date", "next step on", "next action date", "next activity date", "follow up date", "followup date",
        "due date", "due", "次回予定日", "次回アクション日", "フォロー日", "期日", "eräpäivä",
        "seuraava päivä", "วันครบกำหนด",
        "วันที่ติดตาม",
    ),
    "no_contact_because": (
        "do not contact reason", "do not contact because", "連絡停止理由", "ei yhteydenottoja syy",
    ),
}  # fmt: skip

NAMES: Mapping[str, tuple[str, ...]] = {
    role: (
        *(
            " ".join(filter(None, (before, name)))
            for before in _BEFORE[role.partition("_")[0]]
            for name in _LINES[role.partition("_")[2]]
        ),
        *_FURTHER.get(role, ()),
    )
    for role in addresses.ROLES
} | {role: names for role, names in _FURTHER.items() if role not in addresses.ROLES}
"""Role to what its column may be called, besides what Infield calls it."""
