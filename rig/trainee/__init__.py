"""The simulated trainee: a body, what it does, and the forces and pressures that follow."""
