"""Three numbers as a vector; plain floats, since one sample at a time is faster so."""

import math

Vector = tuple[float, float, float]


def dot(a: Vector, b: Vector) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """Vector product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def added(a: Vector, b: Vector, times: float = 1.0) -> Vector:
    """`a + times * b`."""
    return a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2]


def length(a: Vector) -> float:
    """Euclidean."""
    return math.sqrt(dot(a, a))


def direction(a: Vector) -> Vector:
    """Of length 1; `a` is not zero."""
    size = length(a)
    return a[0] / size, a[1] / size, a[2] / size
