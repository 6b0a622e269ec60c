// One member, opened: how it stands, its latency over time and beside its peers, and how it came to be so.

import { Distribution, latencies } from "./distribution.js";
import { byId, classed, element, keep, mark, write } from "./dom.js";
import { shape } from "./icons.js";
import { change } from "./link.js";
import * as numbers from "./numbers.js";
import { OverTime } from "./overtime.js";
import { ask, memberPath } from "./request.js";
import { Timeline } from "./timeline.js";
import * as words from "./words.js";

/** How often charts are read anew, by their window. */
const EVERY_MILLIS = { "1m": 5_000, "10m": 10_000, "1h": 10_000, "24h": 60_000 };
/** As many events of the member are shown below its last probes. */
const PAST = 50;
const PARTS = ["title", "badge", "sign", "word", "since", "reason", "orders", "check", "verdict", "figures", "heat", "lines", "no-history", "curve",
  "peers", "peers-note", "strip", "counted", "timeline", "rules", "download", "close"];

export class MemberView {
  constructor(dialog, orders) {
    this.dialog = dialog;
    this.orders = orders;
    this.parts = Object.fromEntries(PARTS.map((name) => [name, dialog.querySelector(`[data-part="${name}"]`)]));
    const { heat, lines, curve, peers, check, close, download } = this.parts;
    this.overTime = new OverTime(heat, lines);
    this.distribution = new Distribution(curve, peers);
    this.timeline = new Timeline(this.parts);
    this.figures = new Map();
    this.buttons = new Map();
    this.windows = { history: "1h", latency: "1m" };
    this.key = "";
    for (const button of dialog.querySelectorAll("[data-window]")) button.addEventListener("click", () => this.choose(button));
    check.addEventListener("click", () => this.check());
    download.addEventListener("click", () => this.download());
    close.addEventListener("click", () => dialog.close());
    // What surrounds a dialog belongs to it; a click there closes it.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => change({ member: "" }));
    orders.onCheck = (pool, id) => {
      change({ member: `${pool}/${id}` }, true);
      this.check();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.key && this.draw());
  }

  /** Opens or closes, as the address says. */
  follow({ member }) {
    if (member === this.key) return;
    this.key = member;
    if (!member) {
      this.dialog.close();
      this.overTime.clear();
      this.distribution.clear();
      return;
    }
    const slash = member.indexOf("/");
    [this.pool, this.id] = slash < 0 ? [member, ""] : [member.slice(0, slash), member.slice(slash + 1)];
    this.seen = null;
    this.drawn = { history: -Infinity, latency: -Infinity };
    this.overTime.clear();
    this.distribution.clear();
    this.timeline.clear();
    this.latest = {};
    for (const name of ["word", "since", "reason", "verdict", "peers-note"]) write(this.parts[name], "");
    write(this.parts.title, member);
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    if (this.status) this.update(this.status);
  }

  /** Shows a document's word on the member, and reads again what changed since. */
  update(status) {
    this.status = status;
    if (!this.key) return;
    this.all = status.pools.find((each) => each.name === this.pool);
    const member = this.all?.members.find((each) => each.id === this.id);
    classed(this.dialog, "missing", !member);
    if (!member) {
      write(this.parts.reason, "There is no such member.");
      return;
    }
    this.showStanding(member, status.at);
    this.showFigures(member);
    const seen = JSON.stringify([member.health, member.admin, member.since, member.reason, member.probe?.at, status.last_event]);
    if (seen !== this.seen) {
      this.seen = seen;
      this.read();
    }
    const now = performance.now();
    if (now - this.drawn.history > EVERY_MILLIS[this.windows.history]) this.readHistory();
    if (now - this.drawn.latency > EVERY_MILLIS[this.windows.latency]) this.readLatency();
  }

  showStanding(member, at) {
    const { badge, sign, word, since, reason, orders } = this.parts;
    mark(this.dialog, "data-level", words.memberLevel(member));
    mark(badge, "data-state", words.state(member));
    mark(sign, "d", shape(words.state(member)));
    write(word, words.state(member));
    write(since, words.since(member, at));
    write(reason, words.reason(member));
    keep(orders, this.buttons, this.orders.possible(member), (order) => {
      const root = element("button", { type: "button", "data-order": order }, { ready: "Make ready", drain: "Drain", maintenance: "Maintenance", weight: "Weight", remove: "Remove" }[order]);
      root.addEventListener("click", () => this.orders.question(order, this.pool, this.id));
      return { root };
    });
  }

  showFigures(member) {
    const { latency_ms: latency, first_byte_ms: first } = member;
    const all = {
      "Requests per second": [numbers.rate(member.requests_per_second), numbers.plural(member.requests_total, "request")],
      "Share": [numbers.percent(member.share_1m ?? member.share), `${numbers.percent(member.expected_share)} by weight`],
      "p50": [numbers.withUnit(latency?.p50), `first byte ${numbers.withUnit(first?.p50)}`],
      "p99": [numbers.withUnit(latency?.p99), `first byte ${numbers.withUnit(first?.p99)}`],
      "Slowest": [numbers.withUnit(latency?.max), `p99.9 ${numbers.withUnit(latency?.p999)}`],
      "Errors": [numbers.errorShare(member.error_share_1m), words.errorKinds(member) || "of the last minute"],
      "In flight": [numbers.count(member.in_flight), member.max_connections > 0 ? `of ${numbers.count(member.max_connections)}` : "no limit"],
      "Weight": [words.weight(member), words.weightNote(member) || "as configured"],
      "Connections": [numbers.count(member.connections?.opened), `${numbers.count(member.connections?.reused)} times reused`],
      "Retries from here": [numbers.count(member.retries_from), `${numbers.count(member.retries_to)} to here`],
      "State changes": [numbers.count(member.transitions_total), numbers.plural(member.ejections, "ejection")],
      "Received": [numbers.bytes(member.received_bytes), `${numbers.bytes(member.sent_bytes)} sent`],
    };
    keep(this.parts.figures, this.figures, Object.keys(all), (name) => {
      const [value, note] = [element("b"), element("small")];
      return { root: element("div", {}, element("dt", {}, name), element("dd", {}, value, note)), value, note };
    });
    for (const [name, [value, note]] of Object.entries(all)) {
      write(this.figures.get(name).value, value);
      write(this.figures.get(name).note, note);
    }
  }

  /** Reads something of the member; nothing if it is not to be had, or another is shown meanwhile. */
  async get(what) {
    const { key } = this;
    try {
      const answer = await fetch(`${memberPath(this.pool, this.id)}/${what}`);
      const body = answer.ok ? await answer.json() : null;
      return this.key === key ? body : null;
    } catch {
      return null; // the page says itself when the connection is lost; the next document tries again
    }
  }

  /** Reads how it came to be as it is; what its probes have pushed out of its history still stands among the events. */
  async read() {
    const { last_event: last } = this.status;
    const health = await this.get("health");
    if (!health) return;
    this.parts.check.hidden = health.rules.probes === null;
    if (this.past?.of !== `${this.key} ${last}`) {
      const query = new URLSearchParams({ limit: PAST, pool: this.pool, member: this.id });
      const answer = await fetch(`/api/v1/events?${query}`).catch(() => null);
      if (answer?.ok) this.past = { of: `${this.key} ${last}`, events: (await answer.json()).events };
    }
    const past = this.past?.of.startsWith(`${this.key} `) ? this.past.events : [];
    if (this.key === `${health.pool}/${health.member}`) this.timeline.show(health, past);
  }

  async readHistory() {
    this.drawn.history = performance.now();
    const window_ = this.windows.history;
    const history = await this.get(`history?window=${window_}`);
    if (!history || this.windows.history !== window_) return;
    this.latest.history = history;
    this.drawHistory();
  }

  async readLatency() {
    this.drawn.latency = performance.now();
    const { key } = this;
    const window_ = this.windows.latency;
    const all = await latencies(this.pool, this.id, this.all.members, window_).catch(() => []);
    if (this.key !== key || this.windows.latency !== window_ || all.length === 0) return;
    this.latest.latency = all;
    const peers = this.all.members.length - 1;
    write(this.parts["peers-note"], all.length - 1 < peers ? `beside the ${all.length - 1} busiest of ${peers} peers` : "");
    await this.distribution.show(all);
  }

  async drawHistory() {
    const any = await this.overTime.show(this.latest.history);
    this.parts["no-history"].hidden = any;
  }

  /** Draws again what was read, as with other colours. */
  draw() {
    if (this.latest.history) this.drawHistory();
    if (this.latest.latency) this.distribution.show(this.latest.latency);
  }

  choose(button) {
    const { of, window: window_ } = button.dataset;
    this.windows[of] = window_;
    for (const each of this.dialog.querySelectorAll(`[data-of="${of}"]`)) each.setAttribute("aria-pressed", String(each === button));
    if (of === "history") this.readHistory();
    else this.readLatency();
  }

  /** One probe now. */
  async check() {
    const { key } = this;
    const { check, verdict } = this.parts;
    check.disabled = true;
    write(verdict, "Probing …");
    const { ok, body, detail } = await ask("POST", `${memberPath(this.pool, this.id)}/check`);
    check.disabled = false;
    if (this.key !== key) return;
    write(verdict, ok ? `${body.entry.result}: ${body.entry.detail}. By the rules, ${body.verdict}.` : detail);
    if (ok) this.read();
  }

  /** Saves the histograms of the window that is shown, as the tools of HdrHistogram read them. */
  async download() {
    const answer = await fetch(`${memberPath(this.pool, this.id)}/latency?window=${this.windows.latency}`, { headers: { accept: "text/plain" } }).catch(() => null);
    if (!answer?.ok) return;
    const address = URL.createObjectURL(await answer.blob());
    element("a", { href: address, download: `${this.pool}-${this.id.replace(/[^\w.-]/g, "_")}.hlog` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
}
