// The live page: what comes in by the stream is drawn once per animation frame, newest wins.

import { formatCount, formatNewtons, formatShare, text, words } from "./messages.js";
import { Platform } from "./platform.js";
import { LiveStream } from "./stream.js";
import {
  CELLS, CUE_S, PADS, cellTrusted, contactState, frameToShow, linkState, prompt, recorderDown,
} from "./view.js";

const CHECK_MS = 50; // how often the picture's age is looked at
const ASYMMETRY_FULL_PCT = 50; // at the end of the left-right track

const find = (selector) => document.querySelector(selector);
const main = find("#main");
const platform = new Platform(find("#plates"));
let lookingSince = performance.now();

const view = {
  link: "connecting", connection: "away", newest: null, frame: null, state: null, cue: null, health: null,
};
let painting = false;

const stream = new LiveStream("/api/v1/live", {
  frames(frames) {
    platform.add(frames);
    view.newest = frames.at(-1);
    view.frame = frames.reduce(frameToShow, view.frame);
    paintSoon();
  },
  state(state) {
    view.state = state;
    paintSoon();
  },
  cue(cue) {
    view.cue = { ...cue, until: performance.now() + 1000 * CUE_S };
    paintSoon();
  },
  rep() {
    main.classList.remove("counted");
    void main.offsetWidth; // start the short emphasis again
    main.classList.add("counted");
  },
  health(health) {
    view.health = health;
    paintSoon();
  },
});

setInterval(() => {
  const now = stream.now();
  const age = view.newest && now !== null ? now - view.newest.t_s : null;
  const link = document.hidden ? view.link : linkState(age, (performance.now() - lookingSince) / 1000);
  const cueOver = view.cue && performance.now() > view.cue.until;
  if (cueOver) view.cue = null;
  if (link === view.link && stream.connection === view.connection && !cueOver) return;
  Object.assign(view, { link, connection: stream.connection });
  paintSoon();
}, CHECK_MS);

document.addEventListener("visibilitychange", () => {
  // What was seen before is old.
  Object.assign(view, { newest: null, frame: null, link: "connecting" });
  lookingSince = performance.now();
});

function paintSoon() {
  if (painting) return;
  painting = true;
  requestAnimationFrame(() => {
    painting = false;
    paint();
  });
}

function paint() {
  const known = view.frame !== null && (view.link === "live" || view.link === "stale");
  paintLink();
  paintPrompt();
  if (known) platform.draw(view.frame, view.state?.body_weight_n);
  else platform.blank();
  for (const cell of CELLS) setText(cellLabels[cell], known ? cellText(view.frame, cell) : "");
  for (const pad of PADS) paintContact(pad, known ? contactOf(pad) : "unknown");
  setMarker(markers.level, known ? sidePlace(view.frame) : null, "X");
  setMarker(markers.upright, known ? heelPlace(view.frame) : null, "Y");
  paintNumbers(known);
}

const once = (names, selector) => Object.fromEntries(names.map((n) => [n, find(selector(n))]));
const cellLabels = once(CELLS, (cell) => `[data-cell=${cell}] .share`);
const padRows = once(PADS, (pad) => `li[data-pad=${pad}]`);
const padMarks = once(PADS, (pad) => `g[data-pad=${pad}]`);
const markers = { level: find("#left-right .marker"), upright: find("#toe-heel .marker") };

function setText(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

function setData(element, name, value) {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}

function paintLink() {
  setData(main, "link", view.link);
  setData(find("#link"), "link", view.link);
  setText(find("#link span"), text(`link.${view.link}`));
}

function paintPrompt() {
  const { tone, sentence, detail } = prompt(view);
  setData(find("#prompt"), "tone", tone);
  setText(find("#prompt .sentence"), sentence);
  setText(find("#prompt .detail"), detail);
}

const contactOf = (pad) => contactState(view.frame, pad, view.state?.dowel ?? false);

function cellText(frame, cell) {
  const force = frame[`${cell}_n`];
  if (!cellTrusted(frame, cell) || force === null) return text("contact.unknown");
  if (frame.fz_n === null) return formatNewtons(force);
  return frame.heel_share === null ? "" : formatShare(Math.max(0, force / frame.fz_n));
}

function paintContact(pad, contact) {
  setData(padRows[pad], "contact", contact);
  setData(padMarks[pad], "contact", contact);
  setText(padRows[pad].querySelector(".word"), text(`contact.${contact}`));
}

/** Where a marker stands on its track: -1 to 1, null for nowhere. */
const sidePlace = ({ asymmetry_pct: pct }) => pct === null ? null : clip(pct / ASYMMETRY_FULL_PCT);
const heelPlace = ({ heel_share: share }) => share === null ? null : clip(2 * share - 1);
const clip = (place) => Math.max(-1, Math.min(1, place));

function setMarker(marker, place, axis) {
  marker.classList.toggle("nowhere", place === null);
  if (place !== null) marker.style.transform = `translate${axis}(${(50 * place).toFixed(2)}%)`;
}

function paintNumbers(known) {
  const state = known && !recorderDown(view) && view.state?.flow !== "empty" ? view.state : null;
  setNumber(find("#reps"), state && formatCount(state.rep_count));
  setNumber(find("#phase"), state && (text(`phase.${state.phase}`) ?? words(state.phase)));
  const force = known ? view.frame.fz_n : null;
  setNumber(find("#force"), force === null ? null : formatNewtons(force));
}

function setNumber(element, value) {
  setText(element, value ?? text("nothing"));
  setData(element, "known", String(value !== null));
  setData(element, "digits", String(element.textContent.length));
}
