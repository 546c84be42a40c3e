"""Is every channel well? `check` measures, `figures` sums up, `verdicts` says what is wrong."""
