"""What was done to the data itself and to users, and when.

It names codes and counts, never who trains; users by their names, never how they sign in.
"""

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from rig.storage.models import AuditRow


def record(db: Session, action: str, subject: str, details: dict[str, Any]) -> None:
    """Add a line within the transaction that does what it tells of."""
    db.add(
        AuditRow(
            id=str(uuid.uuid4()),
            done_utc=datetime.now(UTC),
            action=action,
            subject=subject,
            details=details,
        )
    )
