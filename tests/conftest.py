"""For all tests."""

from hypothesis import settings

settings.register_profile("rig", deadline=None)  # how long an example takes is the machine's mood
settings.load_profile("rig")
