"""Line drawings of solids as SVG: outlines, dimensions, hole tables, balloons. Millimetres."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from build123d import GeomType, Shape, Vector

Point = tuple[float, float]

_STYLE = (
    "path{fill:none;stroke:#111;stroke-width:%(line).2f;stroke-linecap:round}"
    ".dim{stroke:#0072b2;stroke-width:%(thin).2f}"
    "text{font-family:sans-serif;font-size:%(text).1fpx;fill:#111}"
    ".dimtext{fill:#0072b2}.balloon{fill:#fff;stroke:#d55e00;stroke-width:%(line).2f}"
)


class View:
    """One view of solids, seen from a direction, with what is written on it.

    `at` and dimensions take points in space; the drawing's own plane is x to the right, y up.
    `size` is the height of letters.
    """

    def __init__(self, towards: Vector, up: Vector, size: float = 6.0) -> None:
        self._back = towards.normalized()  # from the object to the eye
        self._right = up.cross(self._back).normalized()
        self._up = self._back.cross(self._right)
        self.size = size
        self._marks: list[str] = []
        self._points: list[Point] = []

    def at(self, x: float, y: float, z: float) -> Point:
        """Where a point in space lies on the drawing."""
        point = Vector(x, y, z)
        return point.dot(self._right), point.dot(self._up)

    def outline(self, shape: Shape) -> list[list[Point]]:
        """A solid's visible edges as lines of points."""
        visible, _ = shape.project_to_viewport(self._back * 1e5, self._up, (0, 0, 0))
        return [[(p.X, p.Y) for p in _samples(edge)] for edge in visible]

    def add(self, shape: Shape, seen_by: "View | None" = None, shift: Point = (0, 0)) -> None:
        """Draw a solid, or how another view sees it, moved on the drawing."""
        for line in (seen_by or self).outline(shape):
            self.line([(x + shift[0], y + shift[1]) for x, y in line])

    def line(self, points: Iterable[Point], name: str = "") -> None:
        """A line through points of the drawing's plane."""
        points = list(points)
        self._points += points
        steps = " L".join(f"{x:.2f} {-y:.2f}" for x, y in points)
        kind = f' class="{name}"' if name else ""
        self._marks.append(f'<path{kind} d="M{steps}"/>')

    def rectangle(self, middle: Point, size: Point) -> None:
        """A rectangle on the drawing's plane."""
        (x, y), (w, h) = middle, (size[0] / 2, size[1] / 2)
        self.line([(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h)])

    def dimension(self, start: Point, end: Point, offset: float) -> None:
        """A horizontal or vertical distance, written `offset` beside the points."""
        across = abs(end[0] - start[0]) >= abs(end[1] - start[1])
        shift = (0.0, offset) if across else (offset, 0.0)
        a, b = ((p[0] + shift[0], p[1] + shift[1]) for p in (start, end))
        length = abs(end[0] - start[0]) if across else abs(end[1] - start[1])
        for p, q in ((start, a), (end, b), (a, b)):
            self.line([p, q], "dim")
        tick = self.size / 4
        for p in (a, b):
            self.line([(p[0] - tick, p[1] - tick), (p[0] + tick, p[1] + tick)], "dim")
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + (self.size / 3 if across else 0))
        anchor = "middle" if across else ("start" if offset > 0 else "end")
        self.text(middle, f"{length:g}", anchor, "dimtext")

    def text(self, at: Point, text: str, anchor: str = "start", name: str = "") -> None:
        """A line of text."""
        self._points += [at, (at[0] + len(text) * self.size * 0.6 * (anchor == "start"), at[1])]
        self._marks.append(
            f'<text class="{name}" text-anchor="{anchor}" x="{at[0]:.2f}" y="{-at[1]:.2f}">'
            f"{escape(text)}</text>"
        )

    def lines(self, at: Point, texts: Sequence[str]) -> None:
        """Lines of text, one below the other."""
        for number, text in enumerate(texts):
            self.text((at[0], at[1] - number * self.size * 1.5), text)

    def balloon(self, at: Point, where: Point, text: str) -> None:
        """A reference in a circle at `where`, with a line to what it names."""
        self.line([at, where], "dim")
        radius = self.size * (0.62 + 0.28 * len(text))
        self._points += [
            (where[0] + dx * radius, where[1] + dy * radius) for dx in (-1, 1) for dy in (-1, 1)
        ]
        self._marks.append(
            f'<ellipse class="balloon" cx="{where[0]:.2f}" cy="{-where[1]:.2f}" '
            f'rx="{radius:.2f}" ry="{self.size:.2f}"/>'
        )
        self.text((where[0], where[1] - self.size * 0.35), text, "middle")

    def write(self, file: Path, title: str) -> None:
        """Write the SVG."""
        xs, ys = ([point[axis] for point in self._points] for axis in (0, 1))
        edge = 2 * self.size
        left, top = min(xs) - edge, -max(ys) - edge
        width, height = max(xs) - min(xs) + 2 * edge, max(ys) - min(ys) + 2 * edge
        scale = self.size / 6
        style = _STYLE % {
            "line": 0.7 * scale, "thin": 0.4 * scale, "text": self.size
        }  # fmt: skip
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {top:.1f} '
            f'{width:.1f} {height:.1f}" width="{width:.0f}mm">'
        )
        body = [f"<title>{escape(title)}</title>", f"<style>{style}</style>"]
        body.append(f'<rect x="{left:.1f}" y="{top:.1f}" width="100%" height="100%" fill="#fff"/>')
        file.write_text("\n".join([head, *body, *self._marks, "</svg>\n"]), encoding="utf-8")


def _samples(edge: Shape) -> list[Vector]:
    if edge.geom_type == GeomType.LINE:
        return [edge @ 0, edge @ 1]
    count = max(4, min(48, round(edge.length)))
    return [edge @ (step / count) for step in range(count + 1)]
