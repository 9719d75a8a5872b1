"""The people, companies and inquiries of the sample company's address book: made-up names as they are made there."""

from dataclasses import dataclass

COUNTRIES = {"fi": "FI", "en": "GB", "ja": "JP", "th": "TH"}
PLACES = {
    "fi": ("Tampere", "Lahti", "Oulu", "Kuopio", "Turku"),
    "en": ("Leeds", "Bristol", "Sheffield", "Norwich", "Derby"),
    "ja": ("大阪市", "名古屋市", "浜松市", "横浜市", "諏訪市"),
    "th": ("กรุงเทพฯ", "ชลบุรี", "ระยอง", "เชียงใหม่", "สมุทรปราการ"),
}
# family, given, and the reading of both where the name is Japanese
FAMILIES = {
    "fi": ("Aaltonen", "Hakala", "Järvinen", "Koskinen", "Lehtonen", "Mäkelä", "Nurmi", "Österberg", "Åkerlund"),
    "en": ("Denham", "Garvey", "Holloway", "Osei", "Pell", "Ridley", "Thorne", "Whitlock", "Yardley"),
    "ja": (
        ("石井", "イシイ"), ("野口", "ノグチ"), ("平野", "ヒラノ"), ("上田", "ウエダ"), ("伊藤", "イトウ"),
        ("渡辺", "ワタナベ"), ("安藤", "アンドウ"), ("藤井", "フジイ"), ("長谷川", "ハセガワ"),
    ),
    "th": ("ศรีสุข", "ใจดี", "วงศ์สวัสดิ์", "ทองคำ", "แก้วมณี", "เจริญผล", "บุญมา", "รัตนชัย", "สุขสันต์"),
}  # fmt: skip
GIVENS = {
    "fi": ("Leena", "Timo", "Pirjo", "Juha", "Sari", "Antti", "Helmi", "Väinö"),
    "en": ("Claire", "Mark", "Judith", "Tom", "Amara", "Neil", "Freya", "Owen"),
    "ja": (
        ("明", "アキラ"), ("美香", "ミカ"), ("健", "タケシ"), ("幸子", "サチコ"), ("陽菜", "ハルナ"),
        ("大輔", "ダイスケ"), ("直樹", "ナオキ"), ("千尋", "チヒロ"),
    ),
    "th": ("มาลี", "ประเสริฐ", "วนิดา", "สมศักดิ์", "เอกชัย", "เกษม", "แก้ว", "พิมพ์ชนก"),
}  # fmt: skip
TITLES = {
    "fi": ("Toimitusjohtaja", "Tuotantopäällikkö", "Hankintapäällikkö"),
    "en": ("Plant manager", "Head of procurement", "Managing director"),
    "ja": ("製造部長", "購買課長", "代表取締役"),
    "th": ("ผู้จัดการโรงงาน", "หัวหน้าฝ่ายจัดซื้อ", "กรรมการผู้จัดการ"),
}
INDUSTRIES = ("machinery", "food", "manufacturing", "electronics", "transport", "chemicals")
PHONES = {
    "fi": "+358 40 555 {:04d}",
    "en": "+44 113 496 {:04d}",
    "ja": "+81 3 5550 {:04d}",
    "th": "+66 2 555 {:04d}",
}
STEPS = {
    "fi": "Soita tarjouksesta",
    "en": "Call about the trial run",
    "ja": "デモの日程を確認する",
    "th": "โทรนัดสาธิตสินค้า",
}

DOUBLES = (
    ("株式会社山吹精機", "ヤマブキセイキ", "JP", "諏訪市", "yamabuki-seiki.example", "+81 266 555 0101"),
    ("(株)ヤマブキ精機", "", "JP", "諏訪市", "yamabuki-seiki.example", ""),
    ("Metsolan Meijeri Oy", "", "FI", "Lahti", "metsolanmeijeri.example", "+358 3 555 0140"),
    ("Metsolan Meijeri", "", "FI", "Lahti", "", "03 555 0140"),
    ("บริษัท สยามทอง เซรามิก จำกัด", "", "TH", "ระยอง", "siamthong.example", "+66 38 555 012"),
    ("สยามทองเซรามิก", "", "TH", "ระยอง", "", "038 555 012"),
)
"""Pairs of organizations that are one: name, reading, country, place, domain, phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A lead: what was asked for, and how far it came (`end`: a step of ENDS). `days`: how long ago it arrived."""

    person: str
    company: str
    email: str = ""
    phone: str = ""
    country: str
    industry: str = ""
    size: int | None = None
    source: str
    wanted: str
    days: int
    end: str = "new"
    language: str = "en"


LEADS = (
    Inquiry(
        person="Sini Koivisto", company="Koiviston Panimo Oy", email="sini@koivistonpanimo.example", country="FI",
        industry="food", size=64, source="web", wanted="Pulloitin linjan ohjaus uusitaan keväällä, pyydämme tarjousta.",
        days=1, language="fi",
    ),
    Inquiry(
        person="大野 恵子", company="株式会社大野製菓", email="ohno@ohno-seika.example", phone="+81 6 5550 2211",
        country="JP", industry="food", size=140, source="fair", wanted="包装ラインの更新を検討中。展示会でデモを見学。",
        days=3, end="handed", language="ja",
    ),
    Inquiry(
        person="สมชาย พึ่งบุญ", company="บริษัท พึ่งบุญ ห้องเย็น จำกัด", email="somchai@phuengboon.example",
        phone="02 555 4400", country="TH", industry="transport", size=85, source="referral",
        wanted="ต้องการระบบควบคุมอุณหภูมิสำหรับห้องเย็นแห่งใหม่", days=6, end="accepted", language="th",
    ),
    Inquiry(
        person="Graham Tully", company="Tully Joinery", email="graham@tullyjoinery.example", country="GB",
        industry="construction", size=7, source="advert", wanted="One small panel saw, second hand if possible.",
        days=9, end="disqualified",
    ),
    Inquiry(
        person="Heli Ranta", company="Rannan Saha Oy", phone="+358 44 555 0199", country="FI", industry="manufacturing",
        size=38, source="call", wanted="Sahalinjan mittaus ei pysy tahdissa.", days=12, end="prospect", language="fi",
    ),
    Inquiry(
        person="Nadia Brooks", company="Brooks Dental Labs", email="nadia@brooksdental.example", country="GB",
        industry="health", source="social", wanted="Saw the milling film, wants prices for three sites.", days=14,
        end="returned",
    ),
    Inquiry(
        person="佐々木 亮", company="佐々木電子工業株式会社", email="sasaki@sasaki-denshi.example", country="JP",
        industry="electronics", size=320, source="event", wanted="検査工程の自動化について相談したい。", days=20,
        end="deal", language="ja",
    ),
    Inquiry(
        person="Ola Berg", company="Bergs Mekaniska", email="ola@bergsmek.example", country="SE", industry="machinery",
        size=210, source="partner", wanted="Retrofit of two presses.", days=2, end="qualified",
    ),
)  # fmt: skip
ENDS = ("new", "handed", "accepted", "returned", "prospect", "qualified", "disqualified", "deal")
