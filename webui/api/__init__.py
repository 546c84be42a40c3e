"""The HTTP interface for programs, under /api/v1."""

from typing import Final

PREFIX: Final = "/api/"
