"""The index of pairs of characters in the words of each database: FTS5 in SQLite, a GIN index in PostgreSQL.

Both are given tokens that are made here, so that the same query finds the same on both, whatever they think a word
is. FTS5 must take marks for letters, for Thai; PostgreSQL is given its lexemes with their places, unparsed.
"""

from infield.finding.folding import bigrams, runs

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
        "SELECT object_id FROM finding_searched WHERE object_kind = %s"
        " AND id IN (SELECT rowid FROM finding_grams WHERE finding_grams MATCH %s)"
    ),
    "postgresql": "SELECT object_id FROM finding_searched WHERE object_kind = %s AND grams @@ %s::tsquery",
}


def kept(text: str, vendor: str) -> str:
    """Give what the index keeps of a text.

    >>> kept("山田 Oy", "sqlite"), kept("山田 Oy", "postgresql")
    ('山 山田 o oy', "'山':1 '山田':2 'o':3 'oy':4")
    """
    grams = bigrams(text)
    if vendor == "sqlite":
        return " ".join(grams)
    return " ".join(f"'{gram}':{place}" for place, gram in enumerate(grams, start=1))


def asked(query: str, vendor: str) -> str:
    """Give the query as the index is asked; nothing for a query without words.

    >>> asked("山田製 oy", "sqlite"), asked("山田製 oy", "postgresql")
    ('"山田 田製" AND "oy"', "('山田' <-> '田製') & ('oy')")
    """
    found = runs(query)
    if vendor == "sqlite":
        return " AND ".join('"' + " ".join(run) + '"' for run in found)
    return " & ".join("(" + " <-> ".join(f"'{gram}'" for gram in run) + ")" for run in found)
