"""How far a repetition went down, from which a person's usual depth follows."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("reps") as reps:
        reps.add_column(sa.Column("drop_m", sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reps") as reps:
        reps.drop_column("drop_m")
