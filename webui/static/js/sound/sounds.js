// What is heard when: tables and judgement only, no audio.

import { PADS, inBand } from "../view.js";

/** The kinds of sound that can be switched off, each with what it is on at first. */
export const KINDS = {
  cue: true, speech: true, contact: true, balance: true, rep: true, count: true, tempo: false,
};

/** Sounds as notes: [pitch in Hz, start in s, length in s, loudness 0–1]. */
export const NOTES = {
  cue: [[523, 0, 0.14, 0.9], [392, 0.16, 0.24, 0.9]],
  rep: [[880, 0, 0.07, 0.8], [1319, 0.07, 0.12, 0.6]],
  count: [[660, 0, 0.12, 0.9]],
  go: [[990, 0, 0.4, 1]],
  weighed: [[523, 0, 0.12, 0.7], [659, 0.12, 0.12, 0.7], [784, 0.24, 0.2, 0.7]],
  end: [[784, 0, 0.15, 0.7], [523, 0.17, 0.35, 0.7]],
  beat: [[1200, 0, 0.03, 0.5]],
  turn: [[1800, 0, 0.04, 0.7]],
  head_on: [[784, 0, 0.1, 0.5]],
  mid_back_on: [[659, 0, 0.1, 0.5]],
  tailbone_on: [[523, 0, 0.1, 0.5]],
  head_off: [[392, 0, 0.22, 0.7]],
  mid_back_off: [[330, 0, 0.22, 0.7]],
  tailbone_off: [[262, 0, 0.22, 0.7]],
};

/** The kind that a sound belongs to, for the switches. */
export function kindOf(name) {
  if (/_(on|off)$/.test(name)) return "contact";
  return { go: "count", weighed: "count", end: "count", beat: "tempo", turn: "tempo" }[name] ?? name;
}

/** Sounds that go with a change of state. */
export function soundsOfChange(state, before) {
  if (!before || state.flow === before.flow) return [];
  if (state.flow === "weighed") return ["weighed"];
  if (state.flow === "set") return ["go"];
  return before.flow === "set" ? ["end"] : [];
}

/** Pads that touch or let go between two frames while the dowel is wanted, as sounds. */
export function contactSounds(frame, before, state) {
  if (!before || !["take_dowel", "count_in", "set"].includes(state?.flow)) return [];
  const trusted = (frame.valid & before.valid) >> 4;
  const changed = (frame.contact ^ before.contact) & trusted;
  return PADS.filter((_, at) => (changed >> at) & 1)
    .map((pad) => `${pad}_${(frame.contact >> PADS.indexOf(pad)) & 1 ? "on" : "off"}`);
}

/** The steady tone in a repetition: calm in the person's band, rough outside, else none. */
export function balanceTone(frame, state) {
  if (state?.flow !== "set" || state.phase === "standing" || state.silent) return null;
  const inside = inBand(frame, state.band_mm);
  return inside === null ? null : inside ? "calm" : "rough";
}

/** The beats from `now` to `until` that a set or a count-in has: [seconds, sound]. */
export function beats(state, now, until) {
  if (state?.flow === "count_in") return countIn(state, now, until);
  return state?.flow === "set" ? tempoBeats(state, now, until) : [];
}

function countIn({ flow_until_s: end }, now, until) {
  return [3, 2, 1].map((left) => [end - left, "count"]).filter(([at]) => at >= now && at < until);
}

/** One beat a second from the start of the set, another sound where the tempo turns. */
function tempoBeats({ flow_since_s: start, tempo_s: tempo }, now, until) {
  const turns = tempo.map((_, at) => tempo.slice(0, at).reduce((sum, part) => sum + part, 0));
  const cycle = tempo.reduce((sum, part) => sum + part, 0);
  const found = [];
  for (let beat = Math.ceil(now - start); start + beat < until; beat += 1) {
    found.push([start + beat, turns.includes(beat % cycle) ? "turn" : "beat"]);
  }
  return found;
}
