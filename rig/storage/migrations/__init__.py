"""How the database's tables came to be, step by step (Alembic)."""

from typing import Final

HEAD: Final = "0006"
"""The newest step; steps are numbered, so that a newer database can be told from a foreign one."""
