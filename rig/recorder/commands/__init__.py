"""What people ask of the recorder: taken over a socket, carried out one by one."""
