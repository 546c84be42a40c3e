"""The session bundle: one zip with everything that is stored about a session."""
