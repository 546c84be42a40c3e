"""The simulated rig: a trainee's forces behind simulated chips. Only by the platform's name."""
