"""How sure a repetition's kind is, and its depth in degrees."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NEW = ("kind_confidence", "depth_deg")


def upgrade() -> None:
    with op.batch_alter_table("reps") as reps:
        for name in _NEW:
            reps.add_column(sa.Column(name, sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reps") as reps:
        for name in _NEW:
            reps.drop_column(name)
