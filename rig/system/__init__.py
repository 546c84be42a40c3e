"""What every process needs of the machine: lock, ports, heartbeat, checksum, time."""
