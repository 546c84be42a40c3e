"""Makes the models of `rig/analysis/movement/*.toml` from simulated bodies: `docs/models.md`."""
