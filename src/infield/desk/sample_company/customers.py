"""The companies the sample company sells to, in four countries: made-up names as they are made there."""

from itertools import product

PLACES = {
    "fi": ("Harju", "Kallio", "Koskela", "Lahdenperä", "Metsola", "Niemi", "Ojala", "Pohjola", "Rantakylä",
           "Saaristo", "Suvanto", "Vuorela"),
    "en": ("Ashdown", "Brackley", "Calder Vale", "Dunmore", "Eastwick", "Fairhaven", "Glenmoor", "Harrowgate",
           "Kingsmead", "Larkfield", "Merrow", "Thornbury"),
    "ja": ("Aoki", "Fujimi", "Hoshino", "Kawabe", "Kitahama", "Minato", "Nakayama", "Oizumi", "Sakurai", "Shiraishi",
           "Takase", "Yamabuki"),
    "th": ("Andaman", "Bang Pla", "Chao Phraya", "Doi Luang", "Isan", "Khao Yai", "Lanna", "Mae Ping", "Rayong",
           "Siam Thong", "Suan Luang", "Tha Chin"),
}  # fmt: skip
TRADES = {
    "fi": ("Konepaja Oy", "Paperi Oyj", "Meijeri Oy", "Sähkö Oy", "Logistiikka Oy", "Saha Oy", "Telakka Oy",
           "Lääke Oy"),
    "en": ("Castings Ltd", "Foods plc", "Textiles Ltd", "Marine", "Ceramics Ltd", "Logistics", "Brewing Co.",
           "Dental Supplies"),
    "ja": ("Seiki K.K.", "Foods K.K.", "Kogyo K.K.", "Logistics K.K.", "Medical K.K.", "Denshi K.K.", "Paper K.K.",
           "Robotics K.K."),
    "th": ("Packaging Co., Ltd.", "Rubber Co., Ltd.", "Foods PCL", "Cold Storage Co., Ltd.", "Auto Parts Co., Ltd.",
           "Electronics Co., Ltd.", "Ceramics Co., Ltd.", "Logistics PCL"),
}  # fmt: skip
PEOPLE = {
    "fi": ("Leena Aalto", "Timo Hakala", "Pirjo Lehto", "Juha Nurmi"),
    "en": ("Claire Denham", "Mark Osei", "Judith Pell", "Tom Garvey"),
    "ja": ("Ishii Akira", "Noguchi Mika", "Hirano Takeshi", "Ueda Sachiko"),
    "th": ("Khun Malee", "Khun Prasert", "Khun Wanida", "Khun Somsak"),
}


def customer(country: str, number: int) -> str:
    """Give the name of a country's customer; after 96 of them the names come again."""
    names = [f"{place} {trade}" for trade, place in product(TRADES[country], PLACES[country])]
    # a stride without common factor: neighbours in number share neither place nor trade
    return names[number * 29 % len(names)]
