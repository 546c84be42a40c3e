// The live stream: decodes events, keeps the server's clock, comes back by itself.

const DRIFT_S_PER_S = 0.001; // how fast the clock estimate may grow again
const RETRY_MS = 1000; // after an answer that EventSource does not retry, such as 503

export class LiveStream {
  /** `handlers` may have frames, state, cue, rep and health; each gets decoded data. */
  constructor(url, handlers) {
    this.url = url;
    this.handlers = handlers;
    this.fields = [];
    this.epoch = null;
    this.lastSeq = -1;
    this.offset = null;
    this.refused = false;
    this.replaced = false;
    document.addEventListener("pointerdown", () => this.takeBack());
    document.addEventListener("keydown", () => this.takeBack());
    document.addEventListener("visibilitychange", () => this.follow());
    window.addEventListener("pagehide", () => this.close());
    window.addEventListener("pageshow", () => this.follow());
    this.follow();
  }

  /** `open` while the server talks to us, `refused` where it has no place, `replaced`, else `away`. */
  get connection() {
    if (this.replaced) return "replaced";
    if (this.source?.readyState === EventSource.OPEN) return "open";
    return this.refused ? "refused" : "away";
  }

  /** Seconds on the rig's clock; null before it is known. */
  now() {
    return this.offset === null ? null : performance.now() / 1000 - this.offset;
  }

  follow() {
    if (document.hidden) this.close();
    else if (!this.source && !this.replaced) this.connect();
  }

  /** Somebody touches a screen whose place another one has taken. */
  takeBack() {
    if (!this.replaced) return;
    this.replaced = false;
    this.follow();
  }

  connect() {
    this.source = new EventSource(this.url);
    this.listen("hello", (hello) => this.greet(hello));
    this.source.addEventListener("frames", (event) => this.take(event.data));
    for (const name of ["state", "cue", "rep"]) this.listen(name, this.handlers[name]);
    this.listen("health", (health) => {
      this.setClock(health.now_s);
      this.handlers.health(health);
    });
    this.listen("replaced", () => {
      this.replaced = true;
      this.close();
    });
    this.source.addEventListener("error", () => {
      this.refused = this.source?.readyState === EventSource.CLOSED; // answered, but not with events
      if (!this.refused) return;
      this.close();
      this.retry = setTimeout(() => this.follow(), RETRY_MS);
    });
  }

  listen(name, handler) {
    this.source.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  }

  close() {
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }

  greet(hello) {
    if (hello.epoch !== this.epoch) this.lastSeq = -1;
    this.epoch = hello.epoch;
    this.fields = hello.fields;
    this.offset = null; // the rig may have been started anew
    this.setClock(hello.now_s);
  }

  /** The smallest delay seen tells the clocks' offset best; it may drift slowly. */
  setClock(nowS) {
    const here = performance.now() / 1000;
    const offset = here - nowS;
    const grown = this.offset + DRIFT_S_PER_S * (here - this.offsetAt);
    this.offset = this.offset === null ? offset : Math.min(offset, grown);
    this.offsetAt = here;
  }

  take(data) {
    const frames = [];
    for (const line of data.split("\n")) {
      if (line.startsWith("missed,")) continue; // a gap in the trail; nothing to draw
      const frame = this.decode(line);
      if (frame.seq <= this.lastSeq) continue; // told again after a reconnect
      this.lastSeq = frame.seq;
      frames.push(frame);
    }
    if (frames.length) this.handlers.frames(frames);
  }

  decode(line) {
    const frame = {};
    line.split(",").forEach((cell, at) => {
      const [name, scale] = this.fields[at];
      frame[name] = cell === "" ? null : Number(cell) * scale;
    });
    return frame;
  }
}
