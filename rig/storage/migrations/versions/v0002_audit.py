"""What was deleted and by whom, clocks that were not set, recordings that are not whole.

A repetition's depth and body weight may be unknown: one value that is no number must not keep the
repetition out.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MAY_BE_UNKNOWN = ("depth", "body_weight_n")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("done_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_done_utc", "audit", ["done_utc"], unique=False)
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("height_m", sa.Double(), nullable=True))
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(
            sa.Column("clock_set", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        sessions.add_column(
            sa.Column("recording", sa.String(length=10), nullable=False, server_default="whole")
        )
    _change_nullable(nullable=True)


def downgrade() -> None:
    _change_nullable(nullable=False)
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("recording")
        sessions.drop_column("clock_set")
    with op.batch_alter_table("people") as people:
        people.drop_column("height_m")
    op.drop_table("audit")


def _change_nullable(*, nullable: bool) -> None:
    with op.batch_alter_table("reps") as reps:
        for name in _MAY_BE_UNKNOWN:
            reps.alter_column(name, existing_type=sa.Double(), nullable=nullable)
