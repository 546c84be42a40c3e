// The repetitions of the set as they are decided, newest first.

import { find } from "../dom.js";
import { formatSeconds, formatShare, text, words } from "../messages.js";

export class RepTable {
  constructor(body) {
    this.body = body;
    this.shown = new Map(); // by id
    this.set = null;
  }

  /** Another set begins: an empty table, filled with what was stored of it before. */
  async follow({ session_id: session, set_index: set }) {
    const name = session && set ? `${session}/${set}` : null;
    if (name === this.set) return;
    this.set = name;
    this.shown.clear();
    this.body.replaceChildren();
    if (!name) return;
    for (const rep of await stored(session, set)) if (this.set === name) this.add(rep);
  }

  /** A repetition of the stream. */
  tell({ rep_id: id, session_id: session, set_index: set, rep_index, counted, quality, rep }) {
    if (`${session}/${set}` === this.set) this.add(fromEvent(id, rep_index, counted, quality, rep));
  }

  add(rep) {
    if (this.shown.has(rep.id)) return;
    const row = rowOf(rep);
    this.shown.set(rep.id, rep.index);
    const before = [...this.body.children].find((other) => Number(other.dataset.index) < rep.index);
    this.body.insertBefore(row, before ?? null);
    find("#no-reps").hidden = true;
  }
}

async function stored(session, set) {
  try {
    const response = await fetch(`/api/v1/sessions/${session}`);
    if (!response.ok) return [];
    const { reps } = await response.json();
    return reps.filter((rep) => rep.set_index === set && !rep.discarded).map(fromHistory);
  } catch {
    return []; // the stream tells of those that come
  }
}

const fromEvent = (id, index, counted, quality, rep) => ({
  id, index, counted, quality,
  kind: rep.kind,
  tempo: [rep.bottom_start_s - rep.start_s, rep.bottom_end_s - rep.bottom_start_s, rep.end_s - rep.bottom_end_s],
  heels: rep.heel_share_bottom,
  kept: rep.contact_kept_pct,
  faults: rep.faults.map((fault) => fault.name),
});

const fromHistory = (rep) => ({
  id: rep.id, index: rep.rep_index, counted: rep.counted, kind: rep.kind,
  quality: !rep.counted ? 1 : rep.score === 3 && !rep.faults.length ? 3 : 2,
  tempo: [rep.eccentric_s, rep.pause_s, rep.concentric_s],
  heels: rep.heel_share_bottom,
  kept: [rep.contact_head_pct, rep.contact_mid_back_pct, rep.contact_tailbone_pct],
  faults: rep.faults.map((fault) => fault.name),
});

const known = (value, format) => value === null ? text("nothing") : format(value);

function rowOf(rep) {
  const row = document.createElement("tr");
  row.dataset.index = rep.index;
  const mark = document.createElement("i");
  mark.className = "mark-of";
  mark.dataset.quality = rep.quality;
  const cells = [
    String(rep.index), text(`quality.${rep.quality}`), text(`kind.${rep.kind}`) ?? words(rep.kind),
    rep.tempo.map(formatSeconds).join(" / "), known(rep.heels, formatShare),
    ...rep.kept.map((share) => known(share, (pct) => formatShare(pct / 100))),
    rep.faults.map((name) => text(`fault.${name}`) ?? words(name)).join(", ") || text("nothing"),
  ].map((content) => {
    const cell = document.createElement("td");
    cell.textContent = content;
    return cell;
  });
  cells[1].prepend(mark, " ");
  row.append(...cells);
  return row;
}
