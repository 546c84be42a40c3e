"""A session's logic: from events and commands to sets, cues and what is to be kept. Pure."""
