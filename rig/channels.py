"""The table of channels: what the rig senses, in the order of files, pages and people.

Frames, signals, the recording's schema and the drivers' numbers all derive from it. A channel more
is a row here, at the end of its kind, and a driver that delivers it.
"""

from typing import Final, NamedTuple


class Kind(NamedTuple):
    """What channels that are measured alike have in common."""

    name: str  # in frames `<name>_counts` and `<name>_t_ns`, in signals `<name>_<unit>`
    unit: str  # of what the balance makes of the counts
    dtype: str  # of the counts
    driver: str  # which of the platform's drivers converts them
    axes: tuple[str, ...] = ()
    """What a conversion has where it has several values, already in SI units: then a frame holds
    `<name>_values`, the mean of what came since the frame before."""

    @property
    def field(self) -> str:
        """In frames: counts, or values where there are several a channel."""
        return f"{self.name}_values" if self.axes else f"{self.name}_counts"

    @property
    def width(self) -> int:
        """Columns of `field` a channel."""
        return len(self.axes) or 1


class Channel(NamedTuple):
    """One channel; all of a kind stand together."""

    name: str
    kind: Kind


Table = tuple[Channel, ...]

CELL: Final = Kind("cell", unit="n", dtype="<i4", driver="cells")
PAD: Final = Kind("pad", unit="n", dtype="<i4", driver="pads")
IMU: Final = Kind(
    "imu",
    unit="",
    dtype="<f4",
    driver="imu",
    axes=("ax_m_s2", "ay_m_s2", "az_m_s2", "gx_rad_s", "gy_rad_s", "gz_rad_s"),
)
"""Specific force and angular velocity along the sensor's axes."""

TABLE: Final[Table] = (
    Channel("left_heel", CELL),
    Channel("left_toe", CELL),
    Channel("right_heel", CELL),
    Channel("right_toe", CELL),
    Channel("head", PAD),
    Channel("mid_back", PAD),
    Channel("tailbone", PAD),
    Channel("imu", IMU),
)


class Group(NamedTuple):
    """The channels of a kind: their names, and their numbers in the table."""

    kind: Kind
    names: tuple[str, ...]
    numbers: range


def groups(table: Table = TABLE) -> tuple[Group, ...]:
    """The table by kind, in its order."""
    found = []
    for kind in dict.fromkeys(channel.kind for channel in table):
        names = tuple(channel.name for channel in table if channel.kind == kind)
        first = table.index(Channel(names[0], kind))
        found.append(Group(kind, names, range(first, first + len(names))))
    return tuple(found)


def names_of(kind: Kind, table: Table = TABLE) -> tuple[str, ...]:
    """The names of a kind's channels."""
    return tuple(channel.name for channel in table if channel.kind == kind)
