"""The live view's stream: follow the rings, encode each update once, fan it out to viewers."""
