// The platform seen from above, toes up: three canvas layers under the plates' labels.

import { CELLS, cellTrusted } from "./view.js";

const PLATE_ML_MM = 125; // plates' centres; the drawing's scale comes from them
const PLATE_AP_MM = 80;
const FULL_SHARE = 0.5; // a plate is drawn full when it carries half of the load
const USUAL_WEIGHT_N = 700; // scale of the fill where neither total nor body weight is known
const TRAIL_S = 2;
const TRAIL_STEPS = 12;
const CORNER = 0.08;

/** One canvas, sized in device pixels, drawn on in CSS pixels. */
class Layer {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
  }

  resize(width, height) {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.dirty = null;
  }

  clear(box) {
    if (box) this.context.clearRect(box.x, box.y, box.width, box.height);
  }
}

export class Platform {
  /** `element` holds three canvases and the four plates, which the style sheet lays out. */
  constructor(element) {
    this.element = element;
    const [load, ground, trail] = [...element.querySelectorAll("canvas")].map((c) => new Layer(c));
    Object.assign(this, { load, ground, trail, trusted: {}, levels: {}, points: [] });
    new ResizeObserver(() => this.resize()).observe(element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.resize());
    this.resize();
  }

  /** Measure the plates, read the colours, draw what does not move. */
  resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    for (const layer of [this.load, this.ground, this.trail]) layer.resize(width, height);
    const style = getComputedStyle(this.element);
    this.color = (name) => style.getPropertyValue(`--${name}`).trim();
    this.boxes = Object.fromEntries(CELLS.map((cell) => [cell, this.box(cell)]));
    this.levels = {};
    this.drawGround();
    if (this.frame) this.draw(this.frame, this.weight);
    else this.drawFills({}, 1);
  }

  box(cell) {
    const plate = this.element.querySelector(`[data-cell=${cell}]`);
    const { offsetLeft: x, offsetTop: y, offsetWidth: width, offsetHeight: height } = plate;
    return { x, y, width, height };
  }

  /** Keep the centre of pressure of every new frame for the trail. */
  add(frames) {
    if (this.points.at(-1)?.t > frames[0].t_s) this.points = []; // the rig's clock began anew
    for (const { t_s: t, cop_ml_mm: ml, cop_ap_mm: ap } of frames) {
      this.points.push(ml === null ? { t } : { t, ml, ap });
    }
    const from = this.points.at(-1).t - TRAIL_S;
    this.points = this.points.filter((point) => point.t >= from);
  }

  /** Draw the newest frame; `weight` in newtons scales the fill when the total is not known. */
  draw(frame, weight) {
    Object.assign(this, { frame, weight });
    const trusted = Object.fromEntries(CELLS.map((cell) => [cell, cellTrusted(frame, cell)]));
    if (CELLS.some((cell) => trusted[cell] !== this.trusted[cell])) {
      this.trusted = trusted;
      this.drawGround();
    }
    this.drawFills(frame, frame.fz_n ?? weight ?? USUAL_WEIGHT_N);
    this.drawTrail();
  }

  /** Nothing is known: empty plates, no trail. */
  blank() {
    if (!this.frame) return;
    Object.assign(this, { frame: null, points: [], trusted: {} });
    this.drawGround();
    this.drawFills({}, 1);
    this.trail.clear(this.trail.dirty);
  }

  drawFills(frame, total) {
    for (const cell of CELLS) {
      const share = Math.max(0, frame[`${cell}_n`] ?? 0) / Math.max(total, 1) / FULL_SHARE;
      const level = frame.heel_share === null && frame.fz_n !== null ? 0 : Math.min(1, share);
      const pixels = Math.round(level * this.boxes[cell].height);
      if (pixels !== this.levels[cell]) this.drawFill(cell, pixels);
      this.levels[cell] = pixels;
    }
  }

  drawFill(cell, pixels) {
    const { context } = this.load;
    const { x, y, width, height } = this.boxes[cell];
    this.load.clear({ x: x - 1, y: y - 1, width: width + 2, height: height + 2 });
    context.save();
    context.beginPath();
    context.roundRect(x, y, width, height, height * CORNER);
    context.fillStyle = this.color("plate");
    context.fill();
    context.clip();
    context.fillStyle = this.color("load");
    context.fillRect(x, y + height - pixels, width, pixels);
    context.fillStyle = this.color("load-edge");
    if (pixels > 3) context.fillRect(x, y + height - pixels, width, 3);
    context.restore();
  }

  drawGround() {
    const { context, canvas } = this.ground;
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const side of ["left", "right"]) this.drawFoot(context, side);
    for (const cell of CELLS) if (this.trusted[cell] === false) this.hatch(context, cell);
    this.drawMiddle(context);
  }

  /** An outline of a sole over a toe and a heel plate. */
  drawFoot(context, side) {
    const toe = this.boxes[`${side}_toe`];
    const heel = this.boxes[`${side}_heel`];
    const length = (heel.y + heel.height - toe.y) * 0.86;
    context.save();
    context.translate(toe.x + toe.width / 2, (toe.y + heel.y + heel.height) / 2);
    context.scale(side === "left" ? length : -length, length);
    context.beginPath();
    context.moveTo(0.04, -0.5);
    context.bezierCurveTo(0.17, -0.5, 0.19, -0.3, 0.17, -0.16);
    context.bezierCurveTo(0.15, -0.02, 0.09, 0.06, 0.11, 0.22);
    context.bezierCurveTo(0.14, 0.42, 0.08, 0.5, 0, 0.5);
    context.bezierCurveTo(-0.1, 0.5, -0.13, 0.38, -0.12, 0.24);
    context.bezierCurveTo(-0.11, 0.06, -0.2, -0.04, -0.19, -0.2);
    context.bezierCurveTo(-0.18, -0.36, -0.08, -0.5, 0.04, -0.5);
    context.restore();
    context.lineWidth = 2;
    context.strokeStyle = this.color("foot");
    context.stroke();
  }

  hatch(context, cell) {
    const { x, y, width, height } = this.boxes[cell];
    context.save();
    context.beginPath();
    context.roundRect(x, y, width, height, height * CORNER);
    context.clip();
    context.beginPath();
    for (let at = -height; at < width; at += 14) {
      context.moveTo(x + at, y + height);
      context.lineTo(x + at + height, y);
    }
    context.lineWidth = 3;
    context.strokeStyle = this.color("hatch");
    context.stroke();
    context.restore();
  }

  drawMiddle(context) {
    const { x, y } = this.at({ ml: 0, ap: 0 });
    context.beginPath();
    context.moveTo(x - 9, y);
    context.lineTo(x + 9, y);
    context.moveTo(x, y - 9);
    context.lineTo(x, y + 9);
    context.lineWidth = 2;
    context.strokeStyle = this.color("quiet");
    context.stroke();
  }

  /** Millimetres on the platform to pixels on the canvas. */
  at({ ml, ap }) {
    const heel = this.boxes.left_heel;
    const toe = this.boxes.right_toe;
    const middle = (box, start, size) => box[start] + box[size] / 2;
    const left = middle(heel, "x", "width");
    const right = middle(toe, "x", "width");
    const low = middle(heel, "y", "height");
    const high = middle(toe, "y", "height");
    return {
      x: (left + right) / 2 + ((right - left) / 2) * (ml / PLATE_ML_MM),
      y: (low + high) / 2 + ((high - low) / 2) * (ap / PLATE_AP_MM),
    };
  }

  drawTrail() {
    const { context } = this.trail;
    this.trail.clear(this.trail.dirty);
    this.trail.dirty = null;
    const newest = this.points.at(-1);
    if (newest?.ml === undefined) return;
    const radius = Math.max(6, this.boxes.left_heel.height * 0.055);
    const recent = this.points.filter((point) => point.ml !== undefined);
    const drawn = recent.map((point) => this.at(point));
    this.strokeTrail(context, drawn, radius);
    this.drawPressure(context, drawn.at(-1), radius);
    this.trail.dirty = around(drawn, radius + 4);
  }

  /** The trail in a few strokes, older ones fainter. */
  strokeTrail(context, drawn, radius) {
    context.strokeStyle = this.color("trail");
    context.lineWidth = radius * 0.7;
    context.lineJoin = "round";
    const size = Math.ceil(drawn.length / TRAIL_STEPS);
    for (let step = 0; step < TRAIL_STEPS; step += 1) {
      const run = drawn.slice(step * size, (step + 1) * size + 1);
      context.globalAlpha = ((step + 1) / TRAIL_STEPS) ** 2 * 0.7;
      context.beginPath();
      for (const { x, y } of run) context.lineTo(x, y);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  drawPressure(context, { x, y }, radius) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = this.color("pressure");
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = this.color("ground");
    context.stroke();
  }
}

function around(points, margin) {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x, y] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return {
    x, y, width: Math.max(...xs) + margin - x, height: Math.max(...ys) + margin - y,
  };
}
