"""What the people of the scripted day type, in each language the app speaks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: how a browser asks for it, and names and words as people of it type them."""

    key: str
    locale: str
    admin: str
    manager: str
    rep: str
    company: str
    buyer: str
    family: str
    given: str
    wanted: str
    title: str
    proof: str
    step: str
    words: str
    other: str

    @property
    def person(self) -> str:
        """The buyer's name as it is written in this language."""
        names = (self.family, self.given) if self.key == "ja" else (self.given, self.family)
        return " ".join(names)


EN = Tongue(
    "en", "en-GB", "Ada Byrne", "Anna Lindqvist", "Dan Wood", "Northwind Bearings", "Harbour Paper", "Reyes",
    "Maria", "A retrofit of line 3 before the summer stop", "Line 3 retrofit", "Mail of Maria Reyes, 3 May",
    "Demo on site", "The board asked for a second offer", "Mossgate Textiles",
)  # fmt: skip
JA = Tongue(
    "ja", "ja-JP", "鈴木 恵", "高橋 直子", "佐藤 健", "北風ベアリング株式会社", "株式会社山田製作所", "田中", "美咲",
    "夏の停止期間までに第3ラインを改修したい", "第3ライン改修", "5月3日の田中様からのメール", "現地でデモを行う",
    "役員会から相見積もりを求められています", "大和繊維株式会社",
)  # fmt: skip
FI = Tongue(
    "fi", "fi-FI", "Aino Mäkelä", "Eeva Järvinen", "Väinö Öhman", "Pohjantuuli Oy", "Kuusisen Saha Oy", "Kuusinen",
    "Päivi", "Linjan 3 uusiminen ennen kesäseisokkia", "Linjan 3 uusiminen", "Päivi Kuusisen sähköposti 3.5.",
    "Esittely paikan päällä", "Johtoryhmä haluaa toisenkin tarjouksen", "Ääneseudun Kutomo Oy",
)  # fmt: skip
TH = Tongue(
    "th", "th-TH", "อรทัย ศรีสุข", "นภา วงศ์ทอง", "ธนา ใจดี", "บริษัท ลมเหนือ จำกัด", "บริษัท สยามกระดาษ จำกัด", "รักไทย",
    "มาลี", "ต้องการปรับปรุงสายการผลิตที่ 3 ก่อนหยุดซ่อมบำรุง", "ปรับปรุงสายการผลิตที่ 3", "อีเมลจากคุณมาลี วันที่ 3 พฤษภาคม",
    "สาธิตที่โรงงาน", "คณะกรรมการขอใบเสนอราคาอีกฉบับ", "บริษัท ทอผ้าเจริญ จำกัด",
)  # fmt: skip
TONGUES = (EN, JA, FI, TH)
