"""Alembic's entry: runs the steps on the connection that `rig.storage.database` hands over."""

from alembic import context

from rig.storage.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
