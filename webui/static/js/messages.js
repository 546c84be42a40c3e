// Every text that the scripts show. Another language is another table beside `en`.

const en = {
  link: { connecting: "Connecting", live: "Live", stale: "Stale", disconnected: "Disconnected" },
  flow: {
    empty: "Step on",
    stand_still: "Stand still",
    take_dowel: "Take the dowel",
    set: "Hinge when ready",
    rest: "Rest, or step off",
  },
  flowDetail: {
    empty: "The platform is free.",
    stand_still: "Finding your weight.",
    take_dowel: "Along your spine: head, mid-back, tailbone.",
    set: "Hips back, three contacts kept.",
    rest: "Your set is saved.",
  },
  cue: {
    head_lost: "Head to the dowel",
    mid_back_lost: "Back to the dowel",
    tailbone_lost: "Tailbone to the dowel",
    dowel_slipped: "Put the dowel back",
    stand_still: "Stand still",
  },
  phase: {
    standing: "Standing",
    eccentric: "Going down",
    bottom: "Bottom",
    concentric: "Coming up",
  },
  contact: { touching: "Touching", lost: "Lost", open: "Off", unknown: "No signal" },
  waiting: "Waiting for the rig",
  connectingDetail: "Looking for the rig’s data.",
  weighingFailed: "Not weighed yet: {reason}.",
  staleDetail: "The picture is late; waiting for new data.",
  disconnected: {
    open: "No data from the plates. Is the sampler running?",
    away: "The rig’s page server does not answer. Trying again.",
    refused: "All places for live views are taken. Close one of them.",
  },
  noRecorder: "Not recording",
  noRecorderDetail: "The recorder is not running. The picture is live, but nothing is saved.",
  recorderProblem: "Recorder: {problems}",
  cellUnknown: "No signal from {cells}.",
  cell: {
    left_heel: "left heel",
    left_toe: "left toes",
    right_heel: "right heel",
    right_toe: "right toes",
  },
  nothing: "–",
};

export const table = en;

/** The text at `path` ("flow.empty"), with `{name}` filled from `values`; null if there is none. */
export function text(path, values = {}) {
  const found = path.split(".").reduce((level, key) => level?.[key], table);
  if (typeof found !== "string") return null;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A name from the rig as words, for what the catalogue does not know yet. */
export function words(name) {
  const spaced = name.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

export const formatShare = (share) => percent.format(share);
export const formatNewtons = (force) => `${whole.format(Math.abs(force) < 0.5 ? 0 : force)} N`;
export const formatCount = (count) => whole.format(count);
