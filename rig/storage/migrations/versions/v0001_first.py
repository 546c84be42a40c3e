"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "calibrations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["calibrations.id"], name="fk_calibrations_parent_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calibrations"),
        sa.UniqueConstraint("generation", name="uq_calibrations_generation"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("created_utc", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("code", name="uq_people_code"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("rig_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("calibration_id", sa.String(), nullable=False),
        sa.Column("drill", sa.String(), nullable=False),
        sa.Column("body_weight_n", sa.Double(), nullable=True),
        sa.Column("started_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("boot_id", sa.String(length=36), nullable=False),
        sa.Column("ring_id", sa.BigInteger(), nullable=False),
        sa.Column("first_t_ns", sa.BigInteger(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("end_seq", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["calibration_id"], ["calibrations.id"], name="fk_sessions_calibration_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_sessions_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"], unique=False)
    op.create_index("ix_sessions_started_utc", "sessions", ["started_utc"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("t_s", sa.Double(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_events_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_session_id", "events", ["session_id"], unique=False)
    op.create_table(
        "sets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("set_index", sa.Integer(), nullable=False),
        sa.Column("drill", sa.String(), nullable=False),
        sa.Column("external_load_kg", sa.Double(), nullable=False),
        sa.Column("heel_block_mm", sa.Double(), nullable=False),
        sa.Column("start_s", sa.Double(), nullable=False),
        sa.Column("end_s", sa.Double(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("pain", sa.Boolean(), nullable=False),
        sa.Column("discarded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_sets_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sets"),
    )
    op.create_index(
        "ix_sets_session_id_set_index", "sets", ["session_id", "set_index"], unique=True
    )
    op.create_table(
        "reps",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("set_id", sa.String(length=36), nullable=False),
        sa.Column("rep_index", sa.Integer(), nullable=False),
        sa.Column("analysis_index", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("discarded", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start_s", sa.Double(), nullable=False),
        sa.Column("bottom_start_s", sa.Double(), nullable=False),
        sa.Column("bottom_end_s", sa.Double(), nullable=False),
        sa.Column("end_s", sa.Double(), nullable=False),
        sa.Column("decided_s", sa.Double(), nullable=False),
        sa.Column("depth", sa.Double(), nullable=False),
        sa.Column("body_weight_n", sa.Double(), nullable=False),
        sa.Column("heel_share_standing", sa.Double(), nullable=True),
        sa.Column("heel_share_bottom", sa.Double(), nullable=True),
        sa.Column("heel_share_min", sa.Double(), nullable=True),
        sa.Column("heel_share_max", sa.Double(), nullable=True),
        sa.Column("asymmetry_pct", sa.Double(), nullable=True),
        sa.Column("cop_ap_range_mm", sa.Double(), nullable=True),
        sa.Column("cop_ml_range_mm", sa.Double(), nullable=True),
        sa.Column("contact_head_pct", sa.Double(), nullable=True),
        sa.Column("contact_mid_back_pct", sa.Double(), nullable=True),
        sa.Column("contact_tailbone_pct", sa.Double(), nullable=True),
        sa.Column("first_loss", sa.String(), nullable=True),
        sa.Column("first_loss_phase", sa.String(), nullable=True),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["set_id"], ["sets.id"], name="fk_reps_set_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reps"),
    )
    op.create_index("ix_reps_set_id", "reps", ["set_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reps")
    op.drop_table("sets")
    op.drop_table("events")
    op.drop_table("sessions")
    op.drop_table("people")
    op.drop_table("calibrations")
