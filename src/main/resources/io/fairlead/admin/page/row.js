// The row of one member. It is made once and then only written to where something changed, so that the page keeps still,
// selections survive, and a screen reader is left in peace.

import { GROUPS } from "./columns.js";
import { classed, drawn, element, mark, write } from "./dom.js";
import { shape } from "./icons.js";
import { toMember } from "./link.js";
import * as numbers from "./numbers.js";
import { HeatStrip, ProbeStrip, ShareBar, Spark } from "./strips.js";
import * as words from "./words.js";

const PERCENTILES = ["p50", "p90", "p99", "p999", "max"];
/** These are compared with the peers'; from so many times their median on, and of so many requests, a member counts as slow. */
const COMPARED = ["p50", "p90", "p99"];
const MUCH_SLOWER = 2;
const ENOUGH = 20;
/** For so long a count of what went wrong is marked after it grew. */
const RECENT_SECONDS = 60;

export class MemberRow {
  /** `act` is called with the button that wants the actions for this member. */
  constructor(pool, id, act) {
    this.pool = pool;
    this.id = id;
    this.cells = new Map();
    this.last = new Map();
    this.root = element("tr", { role: "row", "data-member": `${pool}/${id}` });
    for (const [group, columns] of GROUPS) columns.forEach((column, index) => this.add(column, group, index === 0));
    this.fillMember();
    this.fillState();
    this.fillTraffic();
    this.fillRest(act);
  }

  add({ key, label, kind }, group, first) {
    const [tag, role] = key === "member" ? ["th", { role: "rowheader", scope: "row" }] : ["td", { role: "cell" }];
    const alone = group.startsWith("Latency") ? `${label}, ms` : label;
    const cell = element(tag, { ...role, class: first ? `${kind} first` : kind, "data-cell": key, "data-label": alone });
    this.cells.set(key, cell);
    this.root.append(cell);
  }

  /** Puts a part into a cell, with a name of its own if others have to find it. */
  part(cell, tag, className, name) {
    const made = element(tag, { class: className, ...(name ? { "data-cell": name } : {}) });
    this.cells.get(cell).append(made);
    return made;
  }

  fillMember() {
    this.name = this.part("member", "a", "id");
    write(this.name, this.id);
    this.address = this.part("member", "span", "lesser", "address");
  }

  fillState() {
    this.sign = drawn("path");
    const icon = drawn("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, drawn("circle", { cx: 8, cy: 8, r: 7.2 }), this.sign);
    this.word = element("span", { class: "word" });
    this.since = element("span", { class: "since", "data-cell": "since" });
    const line = this.part("state", "span", "line");
    line.append(element("span", { class: "badge" }, icon, this.word), this.since);
    this.reason = this.part("state", "span", "lesser", "reason");
    this.probes = new ProbeStrip();
    this.cells.get("probe").append(this.probes.root);
    this.result = this.part("probe", "span", "lesser result");
  }

  fillTraffic() {
    this.weight = this.part("weight", "span", "value");
    this.weightNote = this.part("weight", "span", "lesser", "weight-note");
    this.inFlight = this.part("in_flight", "span", "value");
    this.limit = this.part("in_flight", "span", "limit");
    this.waiting = this.part("in_flight", "span", "lesser", "waiting");
    this.rate = this.part("requests_per_second", "span", "value");
    this.spark = new Spark();
    this.cells.get("requests_per_second").append(this.spark.root);
    this.share = this.part("share", "span", "value");
    this.bar = new ShareBar();
    this.cells.get("share").append(this.bar.root);
  }

  fillRest(act) {
    for (const name of ["errors", "retries", "bytes", "changes"]) {
      this[name] = { most: this.part(name, "span", "value"), lesser: this.part(name, "span", "lesser") };
    }
    this.heat = new HeatStrip();
    this.cells.get("heat").append(this.heat.root);
    const button = element("button", { type: "button", class: "quiet", "aria-label": `Actions for ${this.pool}/${this.id}`, "aria-haspopup": "menu" }, "⋯");
    button.addEventListener("click", () => act(button));
    this.cells.get("actions").append(button);
  }

  /** Shows the member as it is; `scale` has the most of what is drawn in its pool. */
  show(member, pool, at, scale) {
    this.showStanding(member, at);
    this.showTraffic(member, pool, scale);
    this.showCounts(member, at);
    for (const name of PERCENTILES) {
      const value = member.latency_ms?.[name];
      this.text(name, numbers.millis(value), !numbers.known(value));
    }
    for (const name of COMPARED) this.compare(name, member, scale.latencies[name]);
  }

  showStanding(member, at) {
    const state = words.state(member);
    mark(this.root, "data-state", state);
    mark(this.root, "data-level", words.memberLevel(member));
    mark(this.root, "data-standing", words.standing(member));
    mark(this.name, "href", toMember(this.pool, this.id));
    write(this.address, member.id === member.address ? "" : member.address);
    mark(this.sign, "d", shape(state));
    write(this.word, state);
    write(this.since, words.since(member, at));
    write(this.reason, words.reason(member));
    this.probes.show(member.probes ?? "");
    const { probe } = member;
    mark(this.cells.get("probe"), "data-result", probe ? probe.result : "none");
    write(this.result, words.lastProbe(probe));
  }

  showTraffic(member, pool, scale) {
    write(this.weight, words.weight(member));
    write(this.weightNote, words.weightNote(member));
    mark(this.cells.get("weight"), "title", words.weightReason(member, pool) || null);
    write(this.inFlight, numbers.count(member.in_flight));
    write(this.limit, member.max_connections > 0 ? ` / ${numbers.count(member.max_connections)}` : "");
    write(this.waiting, words.waiting(member));
    classed(this.inFlight, "none", member.in_flight === 0);
    write(this.rate, numbers.rate(member.requests_per_second));
    classed(this.rate, "none", !member.requests_per_second);
    this.spark.root.style.visibility = this.spark.most() > 0 ? "visible" : "hidden";
    if (scale.seen) this.spark.show(scale.rate);
    const share = member.share_1m === undefined ? member.share : member.share_1m;
    write(this.share, numbers.percent(share));
    classed(this.share, "none", !share);
    this.bar.show(share, member.expected_share, scale.share);
  }

  showCounts(member, at) {
    for (const name of ["2xx", "4xx", "5xx"]) this.text(name, numbers.count(member.responses[name]), !member.responses[name]);
    this.attend("5xx", this.cells.get("5xx"), member.responses["5xx"], at);
    const errors = Object.values(member.errors).reduce((sum, each) => sum + each, 0);
    this.pair("errors", numbers.count(errors), words.errorKinds(member), errors === 0);
    this.attend("errors", this.errors.most, errors, at);
    const to = member.retries_to > 0 ? `${numbers.count(member.retries_to)}\u00a0here` : "";
    this.pair("retries", numbers.count(member.retries_from), to, !member.retries_from);
    this.pair("bytes", numbers.bytes(member.received_bytes), numbers.bytes(member.sent_bytes), false);
    const ejected = member.ejections > 0 ? `${numbers.count(member.ejections)}\u00a0ejected` : "";
    this.pair("changes", numbers.count(member.transitions_total), ejected, !member.transitions_total);
  }

  /** Marks what is much slower than at its peers. */
  compare(name, member, all) {
    const peers = all.filter(({ id }) => id !== member.id).map(({ value }) => value);
    const typical = peers[Math.floor((peers.length - 1) / 2)];
    const times = member.latency_ms?.[name] / typical;
    const slow = peers.length > 1 && times >= MUCH_SLOWER && member.latency_ms.count >= ENOUGH;
    classed(this.cells.get(name), "slow", slow);
    mark(this.cells.get(name), "title", slow ? `${times.toFixed(1)} times the median of its peers` : null);
  }

  pair(name, most, lesser, none) {
    write(this[name].most, most);
    write(this[name].lesser, lesser);
    classed(this[name].most, "none", none);
  }

  text(name, text, none) {
    write(this.cells.get(name), text);
    classed(this.cells.get(name), "none", none);
  }

  /** Where a count tells what went wrong, it is marked for a minute after it grew. */
  attend(name, target, value, at) {
    const last = this.last.get(name);
    if (last === undefined || value < last.value) this.last.set(name, { value, grew: null });
    else if (value > last.value) this.last.set(name, { value, grew: at });
    const { grew } = this.last.get(name);
    const recent = grew !== null && numbers.between(grew, at) < RECENT_SECONDS;
    classed(target, "recent", recent);
    mark(target, "title", recent ? "grew in the last minute" : null);
  }
}
