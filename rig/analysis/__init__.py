"""What the person does, from four forces and three pads: pure, stateful, block by block.

Two stages: *balance* (forces, shares, centre of pressure, contacts) and *movement* (weighing,
repetitions, losses). Feeding one frame at a time or a whole recording gives the same bytes.
"""
