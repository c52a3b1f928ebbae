"""The search index also tells how names and titles sound, and what narrows a search is looked up without reading a body.

A table without content takes no new column, so the index is made anew.
"""

STATEMENTS = (
    "DROP TABLE search_index",
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        text, sound, content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn Cf'"
    )
    """,
    """
    CREATE INDEX current_told ON current
    (no, kind, deleted, day, json_extract(body, '$.state'), json_extract(body, '$.category'))
    """,
)
