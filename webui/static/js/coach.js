// The coach's page: the kiosk's data with strips, a table and the commands.

import { command, listen } from "./coach/commands.js";
import { Strip } from "./coach/strip.js";
import { RepTable } from "./coach/table.js";
import { find, setData, setNumber, setText } from "./dom.js";
import { formatCount, formatLoad, text, words } from "./messages.js";
import { paintStrip } from "./result.js";
import { soundPanel } from "./sound/panel.js";
import { Sound } from "./sound/sound.js";
import { Stage } from "./stage.js";
import { advice, prompt, recorderDown, who } from "./view.js";
import { known, watch } from "./watch.js";

const FORCE = [0.5, 1.5]; // of body weight, at the bottom and top of its strip
const HEELS = [0.2, 0.8];
const USUAL_WEIGHT_N = 700;
const CONTROLS = { load_kg: "#load", heel_block_mm: "#block", silent: "#silent" };

listen();
const stage = new Stage();
const sound = new Sound(false);
soundPanel(sound);
const table = new RepTable(find("#reps-table tbody"));
const strips = [
  new Strip(find("#force-strip"), forceShare, [0.5]),
  new Strip(find("#heel-strip"), (frame) => within(frame.heel_share, HEELS), [0.5]),
];

const { view: latest } = watch("/api/v1/live", {
  frames(frames) {
    stage.add(frames);
    for (const strip of strips) strip.add(frames, latest.state);
    sound.frames(frames, latest.state);
  },
  change(state, before) {
    table.follow(state);
    showControls(state, before);
    sound.change(state, before);
  },
  cue: (name) => sound.cue(name),
  rep: (event) => table.tell(event),
  paint,
});

for (const [verb, field, selector] of [["choose_drill", "silent", "#silent"], ["mute", "muted", "#mute"]]) {
  const box = find(selector);
  box.addEventListener("change", async () => {
    const args = verb === "choose_drill" ? { drill: latest.state.drill } : {};
    if (!await command(verb, { ...args, [field]: box.checked })) box.checked = !box.checked;
  });
}

const within = (value, [low, high]) => value === null ? null : (value - low) / (high - low);

function forceShare({ fz_n: force }, state) {
  return within(force === null ? null : force / (state?.body_weight_n ?? USUAL_WEIGHT_N), FORCE);
}

/** The controls show what is in force, also when another coach changed it. */
function showControls(state, before) {
  for (const [name, selector] of Object.entries(CONTROLS)) {
    const field = find(selector);
    if (state[name] === before?.[name]) continue;
    if (field.type === "checkbox") field.checked = state[name];
    else field.value = state[name];
  }
  find("#mute").checked = state.muted;
}

function paint(view, now) {
  const shown = known(view);
  setData(find("#main"), "link", view.link);
  setData(find("#main"), "flow", view.state?.flow ?? "empty");
  setData(find("#link"), "link", view.link);
  setText(find("#link span"), text(`link.${view.link}`));
  setText(find("#who"), who(view.state));
  const { tone, sentence, detail } = prompt(view);
  setData(find("#prompt"), "tone", tone);
  setText(find("#prompt .sentence"), sentence);
  setText(find("#prompt .detail"), detail);
  stage.paint(shown ? view.frame : null, view.state);
  paintSet(shown && !recorderDown(view) ? view.state : null);
  sound.follow(view.link === "live" ? view.frame : null, view.state, now);
}

function paintSet(state) {
  const nothing = text("nothing");
  setNumber(find("#reps"), state && formatCount(state.rep_count), nothing);
  setText(find("#phase"), state ? text(`phase.${state.phase}`) ?? words(state.phase) : nothing);
  setText(find("#score"), state?.score == null ? nothing : formatCount(state.score));
  setText(find("#set-facts"), state ? setFacts(state) : nothing);
  setText(find("#work"), state?.qualities.length ? advice(state) : nothing);
  paintStrip(find("#strip"), state?.qualities ?? []);
  find("#no-reps").hidden = table.shown.size > 0;
}

function setFacts({ set_index: set, load_kg: load, heel_block_mm: block, pain, discarded, silent }) {
  return [
    set ? text("setNumber", { set: formatCount(set) }) : text("noSet"),
    load ? `${formatLoad(load)} kg` : null,
    block ? text("blockOf", { block: formatLoad(block) }) : null,
    silent ? text("silent") : null,
    pain ? text("pain") : null,
    discarded ? text("discarded") : null,
  ].filter(Boolean).join("\u00a0· ");
}
