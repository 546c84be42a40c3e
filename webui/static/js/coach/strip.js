// A strip chart of the last 20 seconds that only ever draws what is new.

import { colors } from "../dom.js";

const SPAN_S = 20;
const GAP_S = 0.6; // cleared ahead of the newest sample

export class Strip {
  /** `value(frame, state)` gives 0 to 1 from low to high, or null; `lines` are levels to mark. */
  constructor(canvas, value, lines = []) {
    Object.assign(this, { canvas, value, lines, last: null });
    this.context = canvas.getContext("2d");
    new ResizeObserver(() => this.resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.resize());
    this.resize();
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    Object.assign(this, { width, height, last: null });
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.color = colors(this.canvas);
    this.clear(0, width);
  }

  /** Draw new frames behind the last ones; the strip begins anew at its left edge every 20 s. */
  add(frames, state) {
    for (const frame of frames) {
      const share = this.value(frame, state);
      const x = ((frame.t_s % SPAN_S) / SPAN_S) * this.width;
      const point = share === null ? null : { x, y: (1 - Math.max(0, Math.min(1, share))) * (this.height - 4) + 2 };
      this.clear(x + 1, (GAP_S / SPAN_S) * this.width);
      if (point && this.last && this.last.x <= x) this.line(this.last, point);
      this.last = point;
    }
  }

  clear(x, width) {
    const { context, height } = this;
    context.clearRect(x, 0, width, height);
    context.fillStyle = this.color("line");
    for (const level of this.lines) context.fillRect(x, (1 - level) * (height - 4) + 2, width, 1);
  }

  line(from, to) {
    const { context } = this;
    context.strokeStyle = this.color("load-edge");
    context.lineWidth = 2.5;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  }
}
