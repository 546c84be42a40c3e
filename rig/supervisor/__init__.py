"""One command for the whole rig: start sampler, recorder and web, keep them up, stop them."""
