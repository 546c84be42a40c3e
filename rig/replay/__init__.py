"""A recording played as a rig."""
