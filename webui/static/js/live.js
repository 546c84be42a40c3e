// The kiosk: what comes in by the stream is drawn once per animation frame, newest wins.

import { find, setData, setNumber, setStyle, setText } from "./dom.js";
import { formatCount, text, words } from "./messages.js";
import { paintResult } from "./result.js";
import { soundPanel } from "./sound/panel.js";
import { Sound } from "./sound/sound.js";
import { Stage } from "./stage.js";
import { progress, prompt, recorderDown, secondsLeft, showsResult, stepOf, who } from "./view.js";
import { known, watch } from "./watch.js";

const main = find("#main");
const stage = new Stage();
const kiosk = new URLSearchParams(location.search).has("kiosk");
const sound = new Sound(kiosk);
soundPanel(sound);
const steps = [...document.querySelectorAll("#steps li")];
const tempo = [...document.querySelectorAll("#tempo i")];
const PHASES = ["eccentric", "bottom", "concentric"];

const { view: latest } = watch(`/api/v1/live${kiosk ? "?place=kiosk" : ""}`, {
  frames(frames) {
    stage.add(frames);
    sound.frames(frames, latest.state);
  },
  change: (state, before) => sound.change(state, before),
  cue: (name) => sound.cue(name),
  rep({ counted }) {
    if (counted) sound.play("rep");
    main.classList.remove("counted");
    void main.offsetWidth; // start the short emphasis again
    main.classList.add("counted");
  },
  paint,
});

function paint(view, now) {
  const shown = known(view);
  setData(main, "flow", view.state?.flow ?? "empty");
  paintLink(view);
  paintPrompt(view, now);
  stage.paint(shown ? view.frame : null, view.state);
  paintNumbers(shown && !recorderDown(view) ? view.state : null, now);
  if (showsResult(view.state)) paintResult(view.state);
  sound.follow(view.link === "live" ? view.frame : null, view.state, now);
}

function paintLink({ link, state }) {
  setData(main, "link", link);
  setData(find("#link"), "link", link);
  setText(find("#link span"), text(`link.${link}`));
  setText(find("#who"), who(state));
}

function paintPrompt(view, now) {
  const { tone, picture, sentence, detail } = prompt(view);
  setData(find("#prompt"), "tone", tone);
  setText(find("#prompt .sentence"), sentence);
  setText(find("#prompt .detail"), detail);
  const href = `#p-${find(`#p-${picture}`) ? picture : "wait"}`;
  if (find("#picture").getAttribute("href") !== href) find("#picture").setAttribute("href", href);
  paintRing(tone === "calm" || view.state?.flow === "left" ? progress(view.state, now) : null);
}

function paintRing(share) {
  const ring = find("#ring");
  setData(ring, "on", share !== null && share > 0);
  if (share !== null) ring.setAttribute("stroke-dasharray", `${(100 * share).toFixed(1)} 100`);
}

function paintNumbers(state, now) {
  const counting = state?.flow === "count_in";
  const number = counting ? secondsLeft(state, now) : state?.rep_count;
  setText(find("#count-label"), text(counting ? "label.startingIn" : "label.reps"));
  setNumber(find("#reps"), number == null ? null : formatCount(number), text("nothing"));
  setNumber(find("#phase"), state && (text(`phase.${state.phase}`) ?? words(state.phase)), text("nothing"));
  steps.forEach((step, at) => {
    const current = stepOf(state);
    setData(step, "step", at < current ? "done" : at === current ? "now" : "next");
  });
  if (state) paintTempo(state, now);
}

/** How long the phase has lasted against the drill's tempo. */
function paintTempo({ tempo_s: target, phase, phase_since_s: since }, now) {
  const current = PHASES.indexOf(phase);
  tempo.forEach((bar, at) => {
    const seconds = Math.max(target?.[at] ?? 1, 0.3);
    const share = at < current ? 1 : at > current || since === null ? 0 : (now - since) / seconds;
    setStyle(bar, "--share", String(seconds));
    setStyle(bar.firstChild, "transform", `scaleX(${(Math.ceil(50 * Math.min(1, share)) / 50).toFixed(2)})`);
    setData(bar, "over", at === current && share > 1.25);
  });
}
