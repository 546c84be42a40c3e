"""For all tests."""

from hypothesis import settings

settings.register_profile("rig", deadline=None)  # how long an example takes is the machine's mood
settings.load_profile("rig")


_LONG = ("browser/", "hardware/test_install.py", "whole_rig/")
"""What takes real minutes: it begins first, so that nobody waits for it alone at the end."""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: not any(part in item.path.as_posix() for part in _LONG))
