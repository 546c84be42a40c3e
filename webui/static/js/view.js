// What a page knows, and what it should say about it: no DOM, no clock of its own.

import { text, words } from "./messages.js";

export const CELLS = ["left_heel", "left_toe", "right_heel", "right_toe"];
export const PADS = ["head", "mid_back", "tailbone"];
export const STALE_S = 0.25;
export const DISCONNECTED_S = 1;
const RESULT_FLOWS = ["rest", "left", "summary"];
const DEMO_REST_S = 2;
const STEP_OF_FLOW = {
  empty: 0, step_on: 0, stand_still: 1, weighed: 2, take_dowel: 2, count_in: 3, set: 3, rest: 4, left: 4, summary: 4,
};

/** How fresh the picture is, from the newest frame's age in seconds (null: no frame yet). */
export function linkState(age, sinceStart) {
  if (age === null) return sinceStart < DISCONNECTED_S ? "connecting" : "disconnected";
  if (age < STALE_S) return "live";
  return age < DISCONNECTED_S ? "stale" : "disconnected";
}

/** The frame to show: a channel that drops out for a moment keeps the picture before it. */
export function frameToShow(before, newest) {
  if (!before || (newest.valid & before.valid) === before.valid) return newest;
  return newest.t_s - before.t_s < STALE_S ? before : newest;
}

export const cellTrusted = (frame, cell) => Boolean((frame.valid >> CELLS.indexOf(cell)) & 1);
export const padTrusted = (frame, pad) => Boolean((frame.valid >> (CELLS.length + PADS.indexOf(pad))) & 1);

/** touching, lost (with the dowel in place), open (without), or unknown: a pad not trusted. */
export function contactState(frame, pad, dowel) {
  if (!padTrusted(frame, pad)) return "unknown";
  if ((frame.contact >> PADS.indexOf(pad)) & 1) return "touching";
  return dowel ? "lost" : "open";
}

/** Whether the centre of pressure lies in the person's band; null where either is not known. */
export function inBand(frame, band) {
  if (!band || frame?.cop_ml_mm == null) return null;
  const [left, right, back, front] = band;
  return frame.cop_ml_mm >= left && frame.cop_ml_mm <= right
    && frame.cop_ap_mm >= back && frame.cop_ap_mm <= front;
}

/** The phase that the drawn person shows: the trainee's, or a demonstration on an empty platform. */
export function figurePhase(state, now) {
  if (!state) return "standing";
  if (state.flow !== "empty") return state.phase;
  const [down, pause, up, rest] = state.tempo_s;
  const at = now % (down + pause + up + rest + DEMO_REST_S);
  return at < down ? "eccentric" : at < down + pause ? "bottom" : "standing";
}

export const recorderDown = (view) => view.health?.recorder.state === "down";
export const showsResult = (state) => RESULT_FLOWS.includes(state?.flow);
export const stepOf = (state) => STEP_OF_FLOW[state?.flow] ?? 0;

/** How far a timed state is, 0 to 1 at `now` (seconds on the rig's clock); null if it has no end. */
export function progress(state, now) {
  const { flow_since_s: since, flow_until_s: until } = state ?? {};
  if (now === null || since == null || until == null) return null;
  return Math.max(0, Math.min(1, (now - since) / (until - since)));
}

/** Whole seconds that a timed state still lasts, at least 1. */
export function secondsLeft(state, now) {
  if (now === null || state?.flow_until_s == null) return null;
  return Math.max(1, Math.ceil(state.flow_until_s - now));
}

/** What is said: what is wrong first, then the cue, then where the flow stands. */
export function prompt(view) {
  if (view.link !== "live") return linkPrompt(view);
  if (recorderDown(view)) return say("alarm", "alarm", text("noRecorder"), text("noRecorderDetail"));
  if (!view.state) return say("calm", "wait", text("waiting"));
  const cells = deadCells(view.frame);
  if (cells.length) return say("alarm", "alarm", text("cannotCount"), text("cannotCountDetail", { sensors: named(cells) }));
  const { cue } = view.state;
  if (cue) return say("cue", cue, text(`cue.${cue}`) ?? words(cue), text(`cueDetail.${cue}`));
  return flowPrompt(view);
}

function linkPrompt(view) {
  const sentence = text(`link.${view.link}`);
  if (view.link === "connecting") return say("calm", "wait", sentence, text("connectingDetail"));
  if (view.link === "stale") return say("alarm", "alarm", sentence, text("staleDetail"));
  return say("alarm", "alarm", sentence, text(`disconnected.${view.connection}`));
}

function flowPrompt(view) {
  const { flow, pain } = view.state;
  if (pain && showsResult(view.state)) return say("alarm", "alarm", text("pain"), text("painDetail"));
  if (flow === "summary" && view.state.not_seen_s >= 1) return say("calm", flow, text("setOver"), flowDetail(view.state));
  const tone = flow === "left" ? "cue" : "calm";
  return say(tone, flow, text(`flow.${flow}`) ?? words(flow),
    sensorDetail(view) ?? problemDetail(view) ?? flowDetail(view.state));
}

function flowDetail({ flow, weighing_failed: reason, discarded, dowel, silent }) {
  if (reason && flow === "stand_still") return text(`weighingFailed.${reason}`) ?? words(reason);
  if (discarded && flow === "empty") return `${text("discarded")}. ${text("discardedDetail")}`;
  if (flow === "set" && !dowel) return text("flowDetail.setWithoutDowel");
  if (flow === "set" && silent) return text("silent");
  return text(`flowDetail.${flow}`);
}

/** Plates without a trusted value: without them nothing can be counted. */
export const deadCells = (frame) => (frame ? CELLS.filter((cell) => !cellTrusted(frame, cell)) : []);
const named = (sensors) => sensors.map((name) => text(`sensor.${name}`)).join(", ");

/** Names the pads that give no trusted value; the rest of the page goes on. */
function sensorDetail({ frame }) {
  const dead = frame ? PADS.filter((pad) => !padTrusted(frame, pad)) : [];
  return dead.length ? text("sensorUnknown", { sensors: named(dead) }) : null;
}

function problemDetail(view) {
  const problems = view.health?.recorder.problems ?? [];
  return problems.length ? text("recorderProblem", { problems: problems.join("; ") }) : null;
}

const say = (tone, picture, sentence, detail) => ({ tone, picture, sentence, detail: detail ?? "" });

/** Who trains: a name, or a guest's code. */
export function who(state) {
  if (!state) return "";
  return state.person_name ?? `${text("label.guest")} ${state.person_id}`;
}

/** What the set teaches: the fault to work on in words. */
export function advice(state) {
  if (!state.qualities?.length) return text("advice.noReps");
  if (state.not_seen_s >= 1) return text("advice.notSeen", { seconds: state.not_seen_s });
  return text(`advice.${state.work_on ?? "none"}`) ?? words(state.work_on);
}
