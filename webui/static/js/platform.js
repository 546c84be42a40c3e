// The platform seen from above, toes up: three canvas layers under the plates.

import { CELLS, cellTrusted, inBand } from "./view.js";
import { drawFoot, hatch, roundBox } from "./shapes.js";

const STANDARD_MM = [[-125, -80], [-125, 80], [125, -80], [125, 80]]; // until the rig says better
const FULL_SHARE = 0.5; // a plate is drawn full when it carries half of the load
const USUAL_WEIGHT_N = 700; // scale of the fill where neither total nor body weight is known
const TRAIL_S = 2;
const TRAIL_STEPS = 12;
const ENLARGED = 2; // band and centre of pressure move so much more than the plates' scale says

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
    Object.assign(this, { load, ground, trail, trusted: {}, levels: {}, points: [], band: null });
    this.place(STANDARD_MM);
    new ResizeObserver(() => this.resize()).observe(element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.resize());
    this.resize();
  }

  /** Where the plates' centres are, `[ml, ap]` in mm in the order of the cells. */
  place(plates) {
    const mean = (a, b) => (a + b) / 2;
    const [leftHeel, leftToe, rightHeel, rightToe] = plates.length ? plates : STANDARD_MM;
    const known = {
      left: mean(leftHeel[0], leftToe[0]), right: mean(rightHeel[0], rightToe[0]),
      heel: mean(leftHeel[1], rightHeel[1]), toe: mean(leftToe[1], rightToe[1]),
    };
    if (JSON.stringify(known) === JSON.stringify(this.plates)) return;
    this.plates = known;
    this.element.style.setProperty("--aspect", (known.right - known.left) / (known.toe - known.heel));
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
    if (this.frame) this.draw(this.frame, this.weight, this.band);
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
    this.points.splice(0, this.points.findIndex((point) => point.t >= from));
  }

  /** Draw the newest frame; `weight` in newtons scales the fill when the total is not known. */
  draw(frame, weight, band) {
    const trusted = Object.fromEntries(CELLS.map((cell) => [cell, cellTrusted(frame, cell)]));
    const inside = inBand(frame, band);
    const changed = CELLS.some((cell) => trusted[cell] !== this.trusted[cell])
      || String(band) !== String(this.band) || inside !== this.inside;
    Object.assign(this, { frame, weight, trusted, band, inside });
    if (changed) this.drawGround();
    this.drawFills(frame, frame.fz_n ?? weight ?? USUAL_WEIGHT_N);
    this.drawTrail();
  }

  /** Nothing is known: empty plates, no trail. */
  blank() {
    if (!this.frame) return;
    Object.assign(this, { frame: null, points: [], trusted: {}, band: null, inside: null });
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
    roundBox(context, this.boxes[cell]);
    context.fillStyle = this.color("plate");
    context.fill();
    context.clip();
    const top = y + height - pixels;
    context.fillStyle = this.color("load");
    context.fillRect(x, top, width, pixels);
    context.fillStyle = this.color("load-edge");
    if (pixels > 4) context.fillRect(x, top, width, 4);
    context.restore();
  }

  drawGround() {
    const { context, canvas } = this.ground;
    context.clearRect(0, 0, canvas.width, canvas.height);
    const { left_toe: toe, left_heel: heel, right_toe: right } = this.boxes;
    const length = (heel.y + heel.height - toe.y) * 0.84;
    const middle = (toe.y + heel.y + heel.height) / 2;
    for (const [box, mirror] of [[toe, 1], [right, -1]]) {
      drawFoot(context, box.x + box.width / 2, middle, length, mirror, this.color("foot"));
    }
    for (const cell of CELLS) {
      if (this.trusted[cell] === false) hatch(context, this.boxes[cell], this.color("hatch"));
    }
    if (this.band) this.drawBand(context);
  }

  /** The person's own band: where the centre of pressure should stay. */
  drawBand(context) {
    const [left, right, back, front] = this.band;
    const from = this.at({ ml: left, ap: front });
    const to = this.at({ ml: right, ap: back });
    context.beginPath();
    context.roundRect(from.x, from.y, to.x - from.x, to.y - from.y, Math.min(to.x - from.x, to.y - from.y) / 2);
    context.fillStyle = this.color("band");
    context.fill();
    context.setLineDash(this.inside === false ? [10, 7] : []);
    context.lineWidth = 3;
    context.strokeStyle = this.color(this.inside === false ? "pressure" : "band-edge");
    context.stroke();
    context.setLineDash([]);
  }

  /** Millimetres from the platform's middle to pixels on the canvas, enlarged, never outside. */
  at({ ml, ap }) {
    const { left_heel: heel, right_toe: toe } = this.boxes;
    const { left, right, heel: back, toe: front } = this.plates;
    const along = (mm, from, to, start, end) => {
      const place = start + ((ENLARGED * mm - from) / (to - from)) * (end - start);
      const middle = (start + end) / 2;
      const reach = Math.abs(end - start) * 0.95; // of the plates' outer edges
      return Math.max(middle - reach, Math.min(middle + reach, place));
    };
    return {
      x: along(ml, left, right, heel.x + heel.width / 2, toe.x + toe.width / 2),
      y: along(ap, back, front, heel.y + heel.height / 2, toe.y + toe.height / 2),
    };
  }

  drawTrail() {
    const { context } = this.trail;
    this.trail.clear(this.trail.dirty);
    this.trail.dirty = null;
    const newest = this.points.at(-1);
    if (newest?.ml === undefined) return;
    const radius = Math.max(7, this.boxes.left_heel.height * 0.06);
    const drawn = this.points.filter((point) => point.ml !== undefined).map((point) => this.at(point));
    this.strokeTrail(context, drawn, radius);
    this.drawPressure(context, drawn.at(-1), radius);
    this.trail.dirty = around(drawn, 1.5 * radius + 4);
  }

  /** The trail in a few strokes, older ones fainter and thinner. */
  strokeTrail(context, drawn, radius) {
    context.strokeStyle = this.color("pressure");
    context.lineJoin = context.lineCap = "round";
    const size = Math.ceil(drawn.length / TRAIL_STEPS);
    for (let step = 0; step < TRAIL_STEPS; step += 1) {
      const newness = (step + 1) / TRAIL_STEPS;
      context.globalAlpha = 0.6 * newness ** 2;
      context.lineWidth = radius * (0.25 + 0.75 * newness);
      context.beginPath();
      for (const { x, y } of drawn.slice(step * size, (step + 1) * size + 1)) context.lineTo(x, y);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** A disc inside the band, a diamond outside of it. */
  drawPressure(context, { x, y }, radius) {
    context.beginPath();
    if (this.inside === false) {
      const reach = 1.4 * radius;
      context.moveTo(x, y - reach);
      for (const [dx, dy] of [[reach, 0], [0, reach], [-reach, 0]]) context.lineTo(x + dx, y + dy);
      context.closePath();
    } else {
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
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
