"""Raw frames in files: MCAP recordings (one per session, in parts) and raw CSV."""
