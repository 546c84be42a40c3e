"""The rig as a whole: from wires or frames to exported files, and as the processes it runs as."""
