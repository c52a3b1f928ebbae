"""The first schema."""

STATEMENTS = (
    """
    CREATE TABLE attachment_file (
        sha256 VARCHAR NOT NULL,
        file VARCHAR NOT NULL,
        size INTEGER NOT NULL,
        sent_in INTEGER,
        PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE batch (
        id VARCHAR NOT NULL,
        made VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        undone VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE current (
        no INTEGER NOT NULL,
        id VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        owner VARCHAR NOT NULL,
        rev VARCHAR NOT NULL,
        heads VARCHAR NOT NULL,
        gen INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        day VARCHAR,
        title VARCHAR NOT NULL,
        deleted BOOLEAN NOT NULL,
        disputed VARCHAR NOT NULL,
        body VARCHAR NOT NULL,
        PRIMARY KEY (no),
        UNIQUE (id)
    )
    """,
    "CREATE INDEX current_list ON current (kind, deleted, day, no)",
    "CREATE INDEX current_removed ON current (id) WHERE deleted = 1",
    "CREATE INDEX current_seq ON current (seq, kind, deleted)",
    """
    CREATE TABLE draft (
        "key" VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        body VARCHAR NOT NULL,
        kept VARCHAR NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE fingerprint (
        fingerprint VARCHAR NOT NULL,
        record VARCHAR NOT NULL,
        PRIMARY KEY (fingerprint)
    )
    """,
    "CREATE INDEX fingerprint_record ON fingerprint (record)",
    """
    CREATE TABLE journal (
        seq INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        record VARCHAR,
        rev VARCHAR,
        "by" VARCHAR NOT NULL,
        batch VARCHAR,
        line BLOB NOT NULL,
        chain BLOB NOT NULL,
        PRIMARY KEY (seq),
        UNIQUE (rev)
    )
    """,
    "CREATE INDEX journal_batch ON journal (batch) WHERE batch IS NOT NULL",
    "CREATE INDEX journal_record ON journal (record, seq)",
    """
    CREATE TABLE package (
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        made VARCHAR NOT NULL,
        file VARCHAR NOT NULL,
        size INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        records VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        code VARCHAR,
        receipt INTEGER,
        PRIMARY KEY (epoch, seq),
        UNIQUE (digest)
    )
    """,
    """
    CREATE TABLE receipt (
        seq INTEGER NOT NULL,
        digest VARCHAR NOT NULL,
        taken_in VARCHAR NOT NULL,
        envelope BLOB NOT NULL,
        PRIMARY KEY (seq)
    )
    """,
    """
    CREATE TABLE reply (
        digest VARCHAR NOT NULL,
        seq INTEGER NOT NULL,
        taken_in VARCHAR NOT NULL,
        PRIMARY KEY (digest)
    )
    """,
    """
    CREATE TABLE returned (
        rev VARCHAR NOT NULL,
        record VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        receipt INTEGER NOT NULL,
        PRIMARY KEY (rev)
    )
    """,
    "CREATE INDEX returned_record ON returned (record)",
    """
    CREATE TABLE setting (
        name VARCHAR NOT NULL,
        value BLOB NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE withheld (
        seq INTEGER NOT NULL,
        epoch INTEGER,
        package INTEGER,
        PRIMARY KEY (seq),
        FOREIGN KEY(seq) REFERENCES journal (seq)
    )
    """,
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        text, content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn Cf'"
    )
    """,
)
