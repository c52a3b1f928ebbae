"""The search index also tells how names and titles sound and what residents raised is made of; lists are narrowed by an index.

A table without content takes no new column, so the search index is made anew.
"""

STATEMENTS = (
    "DROP TABLE search_index",
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        text, sound, pieces, content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn Cf'"
    )
    """,
    """
    CREATE INDEX current_told ON current
    (no, kind, deleted, day, json_extract(body, '$.state'), json_extract(body, '$.category'))
    """,
    "CREATE VIRTUAL TABLE search_index_pieces USING fts5vocab(search_index, 'col')",
)
