"""Raw frames in files: MCAP recordings and raw CSV."""
