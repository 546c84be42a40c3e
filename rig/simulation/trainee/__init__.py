"""The simulated trainee: a body, what it does, and the plate forces and pad pressures that follow.

The way through: `script` (what is done, in order) → `motion` (posture over time) → `body`
(mechanics: total force and centre of pressure) and `dowel` (pad forces) → `performance` (the eight
curves with their truth). `rig_truth` stands between newtons and the simulated chips.
"""
