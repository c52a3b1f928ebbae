"""The index also tells how names and titles sound, and the pieces of what residents raised with how many texts hold each.

A table without content takes no new column, so it is made anew.
"""

STATEMENTS = (
    "DROP TABLE search_index",
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        text, sound, pieces, content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn Cf'"
    )
    """,
    "CREATE VIRTUAL TABLE search_index_pieces USING fts5vocab(search_index, 'col')",
)
