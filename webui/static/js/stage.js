// The platform and the figure with its contacts, as every live page shows them.

import { find, setData, setNumber, setStyle, setText } from "./dom.js";
import { Figure } from "./figure.js";
import { formatShare, formatMore, text } from "./messages.js";
import { Platform } from "./platform.js";
import { PADS, contactState, figurePhase } from "./view.js";

const ASYMMETRY_FULL_PCT = 50; // at the end of the left-right track

const NUMBERS_MS = 250; // numbers that change faster cannot be read

const once = (selector) => Object.fromEntries(PADS.map((pad) => [pad, find(selector(pad))]));
const clip = (place) => Math.max(-1, Math.min(1, place));

export class Stage {
  constructor() {
    this.platform = new Platform(find("#plates"));
    this.figure = new Figure(find("#figure"));
    this.rows = once((pad) => `li[data-pad=${pad}]`);
    this.marks = once((pad) => `g[data-pad=${pad}]`);
    this.numbersAt = -NUMBERS_MS;
    this.markers = { level: find("#left-right .marker"), upright: find("#toe-heel .marker") };
  }

  add(frames) {
    this.platform.add(frames);
  }

  /** Paint the newest frame, or that nothing is known (`frame` null). */
  paint(frame, state) {
    if (state) this.platform.place(state.plates_mm);
    if (frame) this.platform.draw(frame, state?.body_weight_n, state?.band_mm);
    else this.platform.blank();
    for (const pad of PADS) this.paintContact(pad, frame ? contactState(frame, pad, state?.dowel ?? false) : "unknown");
    const now = performance.now() / 1000;
    const lean = frame?.inclination_deg ?? null;
    this.figure.follow(frame ? figurePhase(state, now) : "standing", now, lean);
    this.figure.measure(lean, state?.target_deg ?? null);
    this.paintBalance(frame);
  }

  paintContact(pad, contact) {
    setData(this.rows[pad], "contact", contact);
    setData(this.marks[pad], "contact", contact);
    setText(find(`li[data-pad=${pad}] .word`), text(`contact.${contact}`));
  }

  paintBalance(frame) {
    const side = frame?.asymmetry_pct ?? null;
    const heels = frame?.heel_share ?? null;
    this.mark("level", side === null ? null : clip(side / ASYMMETRY_FULL_PCT), "X");
    this.mark("upright", heels === null ? null : clip(2 * heels - 1), "Y");
    const now = performance.now();
    const unknown = side === null || heels === null;
    if (!unknown && now - this.numbersAt < NUMBERS_MS) return;
    this.numbersAt = now;
    setNumber(find("#heels"), heels === null ? null : formatShare(heels), text("nothing"));
    setNumber(find("#side"), side === null ? null : formatMore(Math.abs(side) / 100), text("nothing"));
    setText(find("#side-label"), text(side < 0 ? "label.left" : "label.right"));
  }

  /** Where a marker stands on its track: -1 to 1, null for nowhere. */
  mark(track, place, axis) {
    const marker = this.markers[track];
    marker.classList.toggle("nowhere", place === null);
    if (place !== null) setStyle(marker, "transform", `translate${axis}(${(100 * place).toFixed(1)}%)`);
  }
}
