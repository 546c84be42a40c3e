// Shapes that are drawn on canvases.

const CORNER = 0.1;

/** The outline of a sole and its five toes about (x, y); `mirror` -1 for the right foot. */
export function drawFoot(context, x, y, length, mirror, color) {
  context.save();
  context.translate(x, y);
  context.scale(mirror * length, length);
  context.beginPath();
  context.moveTo(0.06, -0.36);
  context.bezierCurveTo(0.17, -0.34, 0.19, -0.22, 0.16, -0.1);
  context.bezierCurveTo(0.13, 0.0, 0.09, 0.08, 0.11, 0.24);
  context.bezierCurveTo(0.14, 0.42, 0.08, 0.5, 0, 0.5);
  context.bezierCurveTo(-0.1, 0.5, -0.13, 0.4, -0.12, 0.26);
  context.bezierCurveTo(-0.11, 0.1, -0.2, 0.02, -0.19, -0.14);
  context.bezierCurveTo(-0.18, -0.28, -0.08, -0.38, 0.06, -0.36);
  for (const [cx, cy, r] of [
    [0.115, -0.43, 0.056], [0.012, -0.445, 0.04], [-0.068, -0.418, 0.035], [-0.135, -0.37, 0.031], [-0.186, -0.308, 0.027],
  ]) {
    context.moveTo(cx + r, cy);
    context.arc(cx, cy, r, 0, 2 * Math.PI);
  }
  context.restore();
  context.lineWidth = 2.5;
  context.strokeStyle = color;
  context.stroke();
}

/** Stripes over a plate that gives no trusted value. */
export function hatch(context, { x, y, width, height }, color) {
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, height * CORNER);
  context.clip();
  context.beginPath();
  const step = Math.max(14, height / 8); // stripes, not a grey, from afar
  for (let at = -height; at < width; at += step) {
    context.moveTo(x + at, y + height);
    context.lineTo(x + at + height, y);
  }
  context.lineWidth = step / 4.5;
  context.strokeStyle = color;
  context.stroke();
  context.restore();
}
