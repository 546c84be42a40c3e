// The drawn person from the side: leans as the dowel does where that is known, else bends as the
// phase says, an illustration and no measurement.

import { setData, setText } from "./dom.js";

const SHANK = 84;
const THIGH = 86;
const BENT = { shank: 7, thigh: -27, trunk: 66 }; // degrees from upright at the bottom, + forward
const SETTLE_S = { eccentric: 0.7, bottom: 0.3, concentric: 0.55, standing: 0.5 };
const LEAST = 0.012; // a smaller step is not drawn: nobody would see it, and it costs a picture
const DEEP = { eccentric: 1, bottom: 1, concentric: 0, standing: 0 };

const radians = (degrees) => (degrees * Math.PI) / 180;
/** Where a limb of this length ends that leans so many degrees forward. */
const along = ([x, y], length, degrees) => [
  x + length * Math.sin(radians(degrees)), y - length * Math.cos(radians(degrees)),
];
const places = (number) => number.toFixed(1);

/** Joints of the pose `depth` (0 upright, 1 at the bottom), ankle at the origin, y down. */
export function pose(depth) {
  const knee = along([0, 0], SHANK, BENT.shank * depth);
  const hip = along(knee, THIGH, BENT.thigh * depth);
  return { knee, hip, trunk: BENT.trunk * depth };
}

/** A step towards where the phase leads, `dt` seconds on. */
export function approach(depth, phase, dt) {
  const target = DEEP[phase] ?? 0;
  const next = target + (depth - target) * Math.exp(-dt / (SETTLE_S[phase] ?? 0.3));
  return Math.abs(next - target) < LEAST ? target : next;
}

/** The depth at which the drawn trunk leans so many degrees. */
export const leaning = (degrees) => Math.max(-0.1, Math.min(1.6, degrees / BENT.trunk));

export class Figure {
  /** `svg` has the parts named `legs` and `trunk`, and leaders from the words to the marks. */
  constructor(svg) {
    this.legs = svg.querySelector(".legs");
    this.trunk = svg.querySelector(".trunk");
    this.leaders = [...svg.querySelectorAll(".leader")];
    this.target = svg.querySelector(".target");
    this.angle = svg.querySelector(".angle");
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.depth = 0;
    this.at = 0;
    this.move();
  }

  /** Follow the dowel's lean in degrees, or where that is null the phase; `now` in seconds. */
  follow(phase, now, lean = null) {
    const dt = Math.min(0.1, Math.max(0, now - this.at));
    this.at = now;
    const next = lean !== null ? leaning(lean) : this.still.matches ? DEEP[phase] ?? 0 : approach(this.depth, phase, dt);
    this.depth = next;
    if (Math.abs(next - this.drawn) >= LEAST || (next !== this.drawn && (next === 0 || next === 1))) this.move();
  }

  /** The lean as a number, and where it is to go; null for none. */
  measure(lean, target) {
    setText(this.angle, lean === null ? "" : `${Math.round(lean) + 0}°`.replace("-", "\u2212"));
    const aim = lean === null ? null : target;
    if (aim !== this.aim) this.setTarget(aim);
    setData(this.target, "reached", aim !== null && lean >= aim);
  }

  setTarget(aim) {
    this.aim = aim;
    if (aim === null) {
      this.target.removeAttribute("d");
      return;
    }
    const { hip } = pose(leaning(aim));
    this.target.setAttribute("d", `M${along(hip, 80, aim).map(places)}L${along(hip, 205, aim).map(places)}`);
  }

  move() {
    this.drawn = this.depth;
    const { knee, hip, trunk } = pose(this.depth);
    this.legs.setAttribute("d", `M0 0L${knee.map(places)}L${hip.map(places)}`);
    this.trunk.setAttribute("transform", `translate(${hip.map(places)}) rotate(${places(trunk)})`);
    for (const leader of this.leaders) this.lead(leader, hip, trunk);
  }

  /** A line from a word at the left edge to its mark on the dowel. */
  lead(leader, [x, y], trunk) {
    const [dx, dy] = leader.dataset.mark.split(" ").map(Number);
    const [sine, cosine] = [Math.sin(radians(trunk)), Math.cos(radians(trunk))];
    leader.setAttribute("x2", places(x + dx * cosine - dy * sine));
    leader.setAttribute("y2", places(y + dx * sine + dy * cosine));
  }
}
