"""Moments as the rig writes them: ISO 8601 in UTC with milliseconds."""

from datetime import UTC, datetime


def iso_utc(moment: datetime) -> str:
    """Such as `2026-03-01T09:30:00.000Z`; `moment` must have a zone."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
