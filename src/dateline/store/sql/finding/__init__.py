"""Search in SQL: one plan of a query, carried out by SQLite (FTS5) or PostgreSQL (tsvector)."""
