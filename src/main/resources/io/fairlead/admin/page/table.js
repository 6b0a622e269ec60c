// The table of one pool. Rows are made once and then only written to where something changed, so that the page keeps
// still, selections survive and a screen reader is left in peace.

import * as words from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const HISTORY = 60;
const SPARK = { width: 48, height: 16 };

// A shape of its own for each state: colour is never the only sign.
const SIGNS = {
  up: "M4 8.5l2.8 2.8L12 5.5",
  falling: "M8 4.5v5M8 11.6v.2",
  down: "M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6",
  rising: "M8 11.5v-7M5 7.2l3-2.9 3 2.9",
  checking: "M4.6 8h.2M8 8h.2M11.4 8h.2",
  ejected: "M4.8 8h6.4",
  standby: "M8 4.4v3.8l2.4 1.6",
  unresolved: "M6 6.2c0-2.6 4-2.6 4 0 0 1.6-2 1.6-2 3.2M8 11.6v.2",
  drain: "M8 4.5v7M5 8.8l3 2.9 3-2.9",
  maintenance: "M6.3 5v6M9.7 5v6",
};

/** Of results of probes and of events that are no state. */
const OTHER_SIGNS = {
  passed: SIGNS.up,
  failed: SIGNS.down,
  ready: SIGNS.up,
  remark: SIGNS.falling,
  "fail-open": SIGNS.falling,
  "by-health": SIGNS.up,
  tiers: SIGNS.standby,
  start: SIGNS.rising,
  stop: SIGNS.drain,
};

const COUNTED = new Set(["5xx", "connect", "reset", "timeout"]);

const GROUPS = [
  ["", [["member", "Member", "text"], ["state", "State", "text"]]],
  ["Traffic", [["weight", "Weight"], ["in_flight", "In flight"], ["share", "Share"], ["requests_per_second", "Req/s"]]],
  ["Responses", [["2xx", "2xx"], ["4xx", "4xx"], ["5xx", "5xx"]]],
  ["Errors", [["connect", "Connect"], ["reset", "Reset"], ["timeout", "Timeout"]]],
  ["Latency, ms", [["p50", "p50"], ["p90", "p90"], ["p99", "p99"], ["p999", "p99.9"], ["max", "Max"]]],
  ["", [["probe", "Last probe", "text"]]],
];

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The sign of a state, of an event or of a probe's result; its words stand beside it. */
export function signFor(word) {
  const path = drawn("path", { d: SIGNS[word] ?? OTHER_SIGNS[word] ?? SIGNS.unresolved });
  return drawn("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, drawn("circle", { cx: 8, cy: 8, r: 7.2 }), path);
}

/** Writes only what differs. */
export function write(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

function mark(target, name, value) {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Keeps one child per key, in the order given, whatever came and went. */
export function keep(parent, held, keys, make) {
  for (const [key, entry] of held) {
    if (!keys.includes(key)) {
      entry.root.remove();
      held.delete(key);
    }
  }
  keys.forEach((key, index) => {
    if (!held.has(key)) held.set(key, make(key));
    const { root } = held.get(key);
    if (parent.children[index] !== root) parent.insertBefore(root, parent.children[index] ?? null);
  });
}

export class PoolTable {
  /** `open` is called with the pool and the member whose history is wanted. */
  constructor(name, open) {
    this.open = open;
    this.rows = new Map();
    this.name = name;
    this.title = element("h2", {}, name);
    this.about = element("p", { class: "about" });
    this.alarm = element("p", { class: "alarm", role: "alert" });
    this.body = element("tbody", { role: "rowgroup" });
    const table = element("table", { role: "table", "aria-label": `Members of pool ${name}` }, head(), this.body);
    const scroller = element("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": `Pool ${name}` }, table);
    this.root = element("section", { class: "pool", "data-pool": name }, element("header", {}, this.title, this.about), this.alarm, scroller);
  }

  update(pool, at) {
    const serving = pool.members.filter((member) => words.standing(member) === "serves").length;
    write(this.about, [
      pool.strategy,
      `${serving} of ${pool.members.length} ${pool.fail_open ? "up" : "serve"}`,
      ...words.tiers(pool),
      ...words.queue(pool),
      `${words.rate(pool.requests_per_second)} req/s`,
      `p99 ${words.withUnit(pool.latency_ms.p99)}`,
      `${words.count(pool.retries_total)} ${pool.retries_total === 1 ? "retry" : "retries"}`,
      ...Object.entries(pool.refused).map(([why, times]) => `${words.count(times)} ${why}`),
    ].join(" · "));
    mark(this.root, "data-can-serve", String(pool.can_serve));
    write(this.alarm, words.alarm(pool));
    keep(this.body, this.rows, pool.members.map((m) => m.id), (id) => new MemberRow(`${pool.name}/${id}`, () => this.open(pool.name, id)));
    for (const member of pool.members) this.rows.get(member.id).take(member);
    const most = Math.max(1, ...[...this.rows.values()].flatMap((row) => row.history));
    for (const member of pool.members) this.rows.get(member.id).show(member, pool, at, most);
  }
}

function head() {
  const groups = element("tr", { role: "row", class: "groups" });
  const columns = element("tr", { role: "row" });
  for (const [group, cells] of GROUPS) {
    const scope = group ? { scope: "colgroup", role: "columnheader" } : { role: "presentation" };
    groups.append(element(group ? "th" : "td", { ...scope, colspan: cells.length }, ...(group ? [element("span", {}, group)] : [])));
    cells.forEach(([key, label, kind], index) => {
      const classes = [kind ?? "number", index === 0 ? "first" : ""].join(" ").trim();
      columns.append(element("th", { scope: "col", role: "columnheader", class: classes, "data-column": key }, label));
    });
  }
  return element("thead", { role: "rowgroup" }, groups, columns);
}

class MemberRow {
  constructor(key, open) {
    this.history = [];
    this.last = new Map();
    this.cells = new Map();
    this.root = element("tr", { role: "row", "data-member": key, id: `member-${key}` });
    for (const [group, cells] of GROUPS) {
      cells.forEach(([name, label, kind], index) => {
        const alone = { Errors: `${label} errors`, "Latency, ms": `${label}, ms` }[group] ?? label;
        this.add(name, alone, kind ?? "number", index === 0);
      });
    }
    this.fill();
    const history = element("button", { type: "button", class: "link", "aria-label": `History of ${key}`, "aria-haspopup": "dialog" }, "History");
    history.addEventListener("click", open);
    this.cells.get("member").append(history);
  }

  add(name, label, kind, first) {
    const tag = name === "member" ? "th" : "td";
    const role = name === "member" ? { role: "rowheader", scope: "row" } : { role: "cell" };
    const classes = first ? `${kind} first` : kind;
    const cell = element(tag, { ...role, class: classes, "data-cell": name, "data-label": label });
    this.cells.set(name, cell);
    this.root.append(cell);
  }

  /** Puts the parts into the cells that have more than a text. */
  fill() {
    this.id = element("span", { class: "id" });
    this.address = element("span", { class: "lesser", "data-cell": "address" });
    this.cells.get("member").append(this.id, this.address);

    this.sign = drawn("path");
    const icon = drawn("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, drawn("circle", { cx: 8, cy: 8, r: 7.2 }), this.sign);
    this.word = element("span", { class: "word" });
    this.since = element("span", { class: "since", "data-cell": "since" });
    this.reason = element("span", { class: "lesser", "data-cell": "reason" });
    this.cells.get("state").append(element("span", { class: "line" }, icon, this.word, this.since), this.reason);

    this.weight = element("span");
    this.weightNote = element("span", { class: "lesser", "data-cell": "weight-note" });
    this.cells.get("weight").append(this.weight, this.weightNote);

    this.inFlight = element("span");
    this.waiting = element("span", { class: "lesser", "data-cell": "waiting" });
    this.cells.get("in_flight").append(this.inFlight, this.waiting);

    this.share = element("span", { class: "value" });
    this.bar = element("span", { class: "fill" });
    this.cells.get("share").append(element("span", { class: "bar", "aria-hidden": "true" }, this.bar), this.share);

    this.rate = element("span", { class: "value" });
    this.line = drawn("path", { class: "line" });
    this.area = drawn("path", { class: "area" });
    this.spark = drawn("svg", { class: "spark", viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, "aria-hidden": "true" }, this.area, this.line);
    this.cells.get("requests_per_second").append(this.spark, this.rate);

    this.result = element("span", { class: "result" });
    this.when = element("span", { class: "lesser", "data-cell": "probe-at" });
    this.cells.get("probe").append(this.result, this.when);
  }

  /** Remembers what the sparkline shows. */
  take(member) {
    this.history.push(member.requests_per_second);
    if (this.history.length > HISTORY) this.history.shift();
  }

  show(member, pool, at, most) {
    this.showStanding(member, at);
    this.showWeight(member, pool);
    this.showTraffic(member, most);
    for (const name of ["2xx", "4xx", "5xx"]) this.number(name, member.responses[name], at);
    for (const name of ["connect", "reset", "timeout"]) this.number(name, member.errors[name], at);
    for (const name of ["p50", "p90", "p99", "p999", "max"]) {
      const value = member.latency_ms[name];
      write(this.cells.get(name), words.millis(value));
      this.cells.get(name).classList.toggle("none", value === null);
    }
    this.showProbe(member.probe, at);
  }

  showStanding(member, at) {
    const state = words.state(member);
    mark(this.root, "data-state", member.health);
    mark(this.root, "data-admin", member.admin);
    mark(this.root, "data-standing", words.standing(member));
    write(this.id, member.id);
    write(this.address, member.id === member.address ? "" : member.address);
    mark(this.sign, "d", SIGNS[state] ?? SIGNS.unresolved);
    write(this.word, state);
    write(this.since, words.since(member, at));
    write(this.reason, words.reason(member));
  }

  showWeight(member, pool) {
    write(this.weight, words.weight(member));
    write(this.weightNote, words.weightNote(member));
    mark(this.cells.get("weight"), "title", words.weightReason(member, pool));
  }

  showTraffic(member, most) {
    write(this.inFlight, words.count(member.in_flight));
    write(this.waiting, words.waiting(member));
    this.cells.get("in_flight").classList.toggle("none", member.in_flight === 0);
    write(this.share, words.percent(member.share));
    this.bar.style.width = `${member.share * 100}%`;
    write(this.rate, words.rate(member.requests_per_second));
    this.spark.style.visibility = this.history.some((value) => value > 0) ? "visible" : "hidden";
    const step = SPARK.width / (HISTORY - 1);
    const left = SPARK.width - (this.history.length - 1) * step;
    const points = this.history.map((value, i) => {
      const y = SPARK.height - 1.5 - (value / most) * (SPARK.height - 3);
      return `${(left + i * step).toFixed(1)} ${y.toFixed(1)}`;
    });
    const path = `M${points.join("L")}`;
    mark(this.line, "d", path);
    mark(this.area, "d", `${path}V${SPARK.height}H${left.toFixed(1)}Z`);
  }

  /** A count since the start. Where it counts what went wrong, it is marked for a minute after it grew. */
  number(name, value, at) {
    const cell = this.cells.get(name);
    write(cell, words.count(value));
    cell.classList.toggle("none", value === 0);
    if (COUNTED.has(name)) {
      const last = this.last.get(name);
      if (last === undefined || value < last.value) this.last.set(name, { value, grew: null });
      else if (value > last.value) this.last.set(name, { value, grew: at });
      const { grew } = this.last.get(name);
      const recent = grew !== null && words.between(grew, at) < 60;
      cell.classList.toggle("recent", recent);
      mark(cell, "title", recent ? "grew in the last minute" : "");
    }
  }

  showProbe(probe, at) {
    const cell = this.cells.get("probe");
    mark(cell, "data-result", probe ? probe.result : "none");
    write(this.result, probe ? `${probe.result}: ${probe.detail}` : "not probed");
    write(this.when, probe ? `${words.duration(words.between(probe.at, at))} ago, next in ${words.duration(probe.next_in_ms / 1000)}` : "");
  }
}
