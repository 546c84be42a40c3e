"""How far one bends before the tailbone goes, and how well the depth is known."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NEW = ("usable_depth_deg", "u_depth_deg")


def upgrade() -> None:
    with op.batch_alter_table("reps") as reps:
        for name in _NEW:
            reps.add_column(sa.Column(name, sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reps") as reps:
        for name in _NEW:
            reps.drop_column(name)
