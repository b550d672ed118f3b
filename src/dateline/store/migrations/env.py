"""Run the migrations on the connection that `engine.migrate` opened, all in its one transaction."""

from __future__ import annotations

from alembic import context

from dateline.store.sql.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
