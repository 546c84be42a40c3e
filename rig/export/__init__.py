"""What was recorded, in files that others read."""
