"""What was recorded, in files that others read: CSV of repetitions and of raw frames."""

from rig.export.files import write_file
from rig.export.raw import raw_csv
from rig.export.reps import REP_COLUMNS, reps_csv

__all__ = ["REP_COLUMNS", "raw_csv", "reps_csv", "write_file"]
