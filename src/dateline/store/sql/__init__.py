"""The store on SQLAlchemy Core: one set of tables and statements, whatever the engine."""
