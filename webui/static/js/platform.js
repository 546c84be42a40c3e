// The platform seen from above, toes up. What moves is moved by the compositor; only the trail of
// the centre of pressure is drawn anew for each picture.

import { colors, setData, setStyle } from "./dom.js";
import { drawFoot, hatch } from "./shapes.js";
import { CELLS, cellTrusted, inBand } from "./view.js";

const STANDARD_MM = [[-125, -80], [-125, 80], [125, -80], [125, 80]]; // until the rig says better
const FULL_SHARE = 0.5; // a plate is drawn full when it carries half of the load
const USUAL_WEIGHT_N = 700; // scale of the fill where neither total nor body weight is known
const TRAIL_S = 2;
const TRAIL_STEPS = 8;
const ENLARGED = 2; // band and centre of pressure move so much more than the plates' scale says

/** One canvas, sized in device pixels, drawn on in CSS pixels of the whole platform. */
class Layer {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height, offsetLeft: left } = this.canvas;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, -left * ratio, 0);
    this.clear = () => this.context.clearRect(left, 0, width, height);
  }
}

export class Platform {
  /** `element` holds the four plates, two canvases and the mark of the centre of pressure. */
  constructor(element) {
    const within = (selector) => element.querySelector(selector);
    this.element = element;
    this.fills = Object.fromEntries(CELLS.map((cell) => [cell, within(`[data-cell=${cell}] .fill`)]));
    this.ground = new Layer(within(".ground"));
    this.trail = new Layer(within(".trail"));
    this.mark = within(".pressure");
    Object.assign(this, { trusted: {}, points: [], band: null, inside: null });
    this.place(STANDARD_MM);
    new ResizeObserver(() => this.resize()).observe(element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.resize());
    this.resize();
  }

  /** Where the plates' centres are, `[ml, ap]` in mm in the order of the cells. */
  place(plates) {
    if (String(plates) === this.placed) return;
    this.placed = String(plates);
    const mean = (a, b) => (a + b) / 2;
    const [leftHeel, leftToe, rightHeel, rightToe] = plates.length ? plates : STANDARD_MM;
    this.plates = {
      left: mean(leftHeel[0], leftToe[0]), right: mean(rightHeel[0], rightToe[0]),
      back: mean(leftHeel[1], rightHeel[1]), front: mean(leftToe[1], rightToe[1]),
    };
    const { left, right, back, front } = this.plates;
    this.element.style.setProperty("--aspect", (right - left) / (front - back));
  }

  /** Measure the plates, read the colours, draw what does not move. */
  resize() {
    this.ground.resize();
    this.trail.resize();
    this.color = colors(this.element);
    this.points = [];
    this.boxes = Object.fromEntries(CELLS.map((cell) => [cell, this.box(cell)]));
    this.drawGround();
    if (this.frame) this.draw(this.frame, this.weight, this.band);
  }

  box(cell) {
    const plate = this.element.querySelector(`[data-cell=${cell}]`);
    const { offsetLeft: x, offsetTop: y, offsetWidth: width, offsetHeight: height } = plate;
    return { x, y, width, height };
  }

  /** Keep the centre of pressure of every new frame for the trail. */
  add(frames) {
    if (this.points.at(-1)?.t > frames[0].t_s) this.points = []; // the rig's clock began anew
    const known = frames.filter((frame) => frame.cop_ml_mm !== null);
    for (const { t_s: t, cop_ml_mm: ml, cop_ap_mm: ap } of known) this.points.push({ t, ...this.at({ ml, ap }) });
    const from = frames.at(-1).t_s - TRAIL_S;
    const first = this.points.findIndex((point) => point.t >= from);
    this.points.splice(0, first < 0 ? this.points.length : first);
  }

  /** Draw the newest frame; `weight` in newtons scales the fill when the total is not known. */
  draw(frame, weight, band) {
    const trusted = Object.fromEntries(CELLS.map((cell) => [cell, cellTrusted(frame, cell)]));
    const inside = inBand(frame, band);
    const changed = CELLS.some((cell) => trusted[cell] !== this.trusted[cell])
      || String(band) !== String(this.band) || inside !== this.inside;
    Object.assign(this, { frame, weight, trusted, band, inside });
    if (changed) this.drawGround();
    this.fill(frame, frame.fz_n ?? weight ?? USUAL_WEIGHT_N);
    this.drawPressure();
  }

  /** Nothing is known: empty plates, no trail. */
  blank() {
    if (!this.frame) return;
    Object.assign(this, { frame: null, points: [], trusted: {}, band: null, inside: null });
    this.drawGround();
    this.fill({}, 1);
    this.drawPressure();
  }

  fill(frame, total) {
    const empty = frame.heel_share === null && frame.fz_n !== null;
    for (const cell of CELLS) {
      const share = Math.max(0, frame[`${cell}_n`] ?? 0) / Math.max(total, 1) / FULL_SHARE;
      const free = empty || share < 0.005 ? 101 : 100 * (1 - Math.min(1, share));
      setStyle(this.fills[cell], "transform", `translateY(${free.toFixed(1)}%)`);
    }
  }

  drawGround() {
    const { context, clear } = this.ground;
    clear();
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
    const [width, height] = [to.x - from.x, to.y - from.y];
    context.beginPath();
    context.roundRect(from.x, from.y, width, height, Math.min(width, height) / 2);
    context.fillStyle = this.color("band");
    context.fill();
    context.setLineDash(this.inside === false ? [10, 7] : []);
    context.lineWidth = 3;
    context.strokeStyle = this.color(this.inside === false ? "pressure" : "band-edge");
    context.stroke();
    context.setLineDash([]);
  }

  /** Millimetres from the platform's middle to pixels on the platform, enlarged, never outside. */
  at({ ml, ap }) {
    const { left_heel: heel, right_toe: toe } = this.boxes;
    const { left, right, back, front } = this.plates;
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

  /** A disc inside the band, a diamond outside of it, and the way it came. */
  drawPressure() {
    const known = this.frame !== null && this.frame?.cop_ml_mm !== null && this.points.length > 0;
    this.mark.classList.toggle("nowhere", !known);
    this.drawTrail(known);
    const { x, y } = known ? this.points.at(-1) : { x: 0, y: 0 }; // never outside a smaller page
    setStyle(this.mark, "transform", `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`);
    setData(this.mark, "inside", this.inside !== false);
  }

  /** With every second picture only: what lags behind is under the mark. */
  drawTrail(known) {
    this.trailTurn = !this.trailTurn;
    if (known && this.trailTurn) return;
    this.trail.clear();
    if (known) this.strokeTrail(this.trail.context, this.points);
  }

  /** The trail in a few strokes, older ones fainter and thinner. */
  strokeTrail(context, drawn) {
    const radius = Math.max(7, this.boxes.left_heel.height * 0.06);
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
}
