"""The process that reads the chips and does nothing else."""
