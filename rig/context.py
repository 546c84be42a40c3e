"""Who does what with which load: what holds for the next set, and is kept with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    """Who does what with which load, when a session starts or a set is opened."""

    person_id: str
    drill: str = "hinge"
    load_kg: float = 0.0
    heel_block_mm: float = 0.0
    silent: bool = False  # tracking only: no cues in a set
    usual_drop_m: float = 0.0  # 0: not known
    usual_deg: float = 0.0  # as an inclination of the dowel; 0: not known

    def for_somebody_else(self, person_id: str) -> "Context":
        """Another person: how the rig is used stays, what the one before carried does not."""
        return Context(person_id, drill=self.drill, silent=self.silent)
