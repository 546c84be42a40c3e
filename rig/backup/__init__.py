"""Backups of the state directory: database and recordings, verified, and their way back."""
