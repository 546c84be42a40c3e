// What the page knows, and what it should say about it: no DOM, no clock of its own.

import { text, words } from "./messages.js";

export const CELLS = ["left_heel", "left_toe", "right_heel", "right_toe"];
export const PADS = ["head", "mid_back", "tailbone"];
export const STALE_S = 0.25;
export const DISCONNECTED_S = 1;
export const CUE_S = 3;

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

/** touching, lost (with the dowel in place), open (without), or unknown: a pad not trusted. */
export function contactState(frame, pad, dowel) {
  const at = PADS.indexOf(pad);
  if (!((frame.valid >> (CELLS.length + at)) & 1)) return "unknown";
  if ((frame.contact >> at) & 1) return "touching";
  return dowel ? "lost" : "open";
}

export const recorderDown = (view) => view.health?.recorder.state === "down";

/** The big sentence: what is wrong first, then the newest cue, then where the flow stands. */
export function prompt(view) {
  if (view.link !== "live") return linkPrompt(view);
  if (recorderDown(view)) return say("alarm", text("noRecorder"), text("noRecorderDetail"));
  if (view.cue) return say("cue", text(`cue.${view.cue.name}`) ?? words(view.cue.name), "");
  if (!view.state) return say("calm", text("waiting"), "");
  return flowPrompt(view);
}

function linkPrompt(view) {
  const sentence = text(`link.${view.link}`);
  if (view.link === "connecting") return say("calm", sentence, text("connectingDetail"));
  if (view.link === "stale") return say("alarm", sentence, text("staleDetail"));
  return say("alarm", sentence, text(`disconnected.${view.connection}`));
}

function flowPrompt(view) {
  const { flow, weighing_failed: reason } = view.state;
  return say("calm", text(`flow.${flow}`) ?? words(flow), sensorDetail(view)
    ?? problemDetail(view)
    ?? (reason ? text("weighingFailed", { reason }) : null)
    ?? text(`flowDetail.${flow}`)
    ?? "");
}

function sensorDetail(view) {
  const dead = CELLS.filter((cell) => !cellTrusted(view.frame, cell));
  if (!dead.length) return null;
  return text("cellUnknown", { cells: dead.map((cell) => text(`cell.${cell}`)).join(", ") });
}

function problemDetail(view) {
  const problems = view.health?.recorder.problems ?? [];
  return problems.length ? text("recorderProblem", { problems: problems.join("; ") }) : null;
}

const say = (tone, sentence, detail) => ({ tone, sentence, detail });
