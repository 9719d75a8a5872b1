"""The index of pairs of characters in the words of each database: FTS5 in SQLite, a GIN index in PostgreSQL.

Both are given tokens that are made here, so that the same query finds the same on both, whatever they think a word
is. FTS5 must take marks for letters, for Thai; PostgreSQL is given its lexemes with their places, unparsed.
The kind of a thing stands with its pairs, behind a letter that no word has: a kind is asked for within the index.
"""

from infield.finding.folding import bigrams, runs

KIND = "\ue000"
TOKENS = "unicode61 remove_diacritics 0 categories ''L* N* Co M*''"

MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE finding_grams USING fts5("
        f"grams, content='', contentless_delete=1, tokenize='{TOKENS}')"
    ),
    "postgresql": (
        "ALTER TABLE finding_searched ADD COLUMN grams tsvector NOT NULL DEFAULT ''::tsvector;"
        "CREATE INDEX finding_grams ON finding_searched USING gin (grams)"
    ),
}
UNMAKE = {
    "sqlite": "DROP TABLE finding_grams",
    "postgresql": "ALTER TABLE finding_searched DROP COLUMN grams",
}
KEEP = {
    # a row that a flushed table left behind would be in the way
    "sqlite": "INSERT OR REPLACE INTO finding_grams (grams, rowid) VALUES (%s, %s)",
    "postgresql": "UPDATE finding_searched SET grams = %s::tsvector WHERE id = %s",
}
FORGET = "DELETE FROM finding_grams WHERE rowid = %s"
"""SQLite only: the other keeps the pairs in the row itself."""
CLEAR = {
    "sqlite": ("DELETE FROM finding_grams", "DELETE FROM finding_searched"),
    "postgresql": ("DELETE FROM finding_searched",),
}
IDS = {
    "sqlite": (
        "SELECT object_id FROM finding_searched"
        " WHERE id IN (SELECT rowid FROM finding_grams WHERE finding_grams MATCH %s)"
    ),
    "postgresql": "SELECT object_id FROM finding_searched WHERE grams @@ %s::tsquery",
}
NEWEST_IDS = {
    "sqlite": (
        "SELECT object_id FROM finding_searched WHERE id IN"
        " (SELECT rowid FROM finding_grams WHERE finding_grams MATCH %s ORDER BY rowid DESC LIMIT %s)"
    ),
    "postgresql": (
        "SELECT object_id FROM finding_searched WHERE grams @@ %s::tsquery ORDER BY id DESC LIMIT %s"
    ),
}
"""Those that came into the index last."""


def kept(text: str, kind: str, vendor: str) -> str:
    """Give what the index keeps of a thing of a kind.

    >>> kept("山田 Oy", "deal", "sqlite").encode("ascii", "backslashreplace").decode()
    '\\\\ue000deal \\\\u5c71 \\\\u5c71\\\\u7530 o oy'
    >>> kept("Oy", "deal", "postgresql").removeprefix("'" + KIND)
    "deal':1 'o':2 'oy':3"
    """
    grams = (KIND + kind, *bigrams(text))
    if vendor == "sqlite":
        return " ".join(grams)
    return " ".join(f"'{gram}':{place}" for place, gram in enumerate(grams, start=1))


def asked(query: str, kind: str, vendor: str) -> str:
    """Give the query as the index is asked for things of a kind; nothing for a query without words.

    >>> asked("山田製 oy", "deal", "sqlite").replace(KIND, "+")
    '"山田 田製" AND "oy" AND "+deal"'
    >>> asked("山田製 oy", "deal", "postgresql").replace(KIND, "+")
    "('山田' <-> '田製') & ('oy') & ('+deal')"
    """
    found = runs(query)
    if not found:
        return ""
    found = (*found, (KIND + kind,))
    if vendor == "sqlite":
        return " AND ".join('"' + " ".join(run) + '"' for run in found)
    return " & ".join("(" + " <-> ".join(f"'{gram}'" for gram in run) + ")" for run in found)
