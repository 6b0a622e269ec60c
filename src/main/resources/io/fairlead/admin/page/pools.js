// The pools: a section with a table for each, filtered and sorted as the address says.

import { GROUPS, direction, sorted } from "./columns.js";
import { byId, element, keep, mark, write } from "./dom.js";
import { change, current } from "./link.js";
import { configured, count, plural, rate, withUnit } from "./numbers.js";
import { MemberRow } from "./row.js";
import { heatScale } from "./strips.js";
import * as words from "./words.js";

/** Rows change places at most so often, and not while somebody points at them. */
const SORT_MILLIS = 5000;

/** Whether a member is to be shown. */
export function wanted(view, pool, member) {
  if (view.pool && view.pool !== pool.name) return false;
  const well = ["serves", "standby"].includes(words.standing(member)) && member.health !== "falling";
  if (view.state === "unwell" ? well : view.state && view.state !== words.state(member)) return false;
  const text = view.q.toLowerCase();
  return !text || [`${pool.name}/${member.id}`, member.address, member.reason].some((each) => each.toLowerCase().includes(text));
}

export class PoolList {
  /** `act` is called with a button, a pool and a member; `add` with a pool that is to have one more. */
  constructor(root, act, add) {
    this.root = root;
    this.act = act;
    this.add = add;
    this.pools = new Map();
    this.inView = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.pools.get(target.dataset.pool)?.see(isIntersecting);
    }, { rootMargin: "300px" });
  }

  /** Shows a document; `take` if it is a new one. */
  update(status, take) {
    this.status = status;
    const view = current();
    keep(this.root, this.pools, status.pools.map((pool) => pool.name), (name) => {
      const made = new PoolSection(name, this.act, this.add);
      this.inView.observe(made.root);
      if (this.heat) made.showHeat(this.heat);
      return made;
    });
    let shown = 0;
    for (const pool of status.pools) shown += this.pools.get(pool.name).update(pool, status.at, view, take);
    const all = status.pools.reduce((sum, pool) => sum + pool.members.length, 0);
    const filtered = view.pool || view.state || view.q;
    write(byId("matches"), filtered ? `${count(shown)} of ${plural(all, "member")}` : "");
    byId("no-match").hidden = shown > 0 || !filtered;
  }

  /** Shows the same with another filter or order, at once. */
  review() {
    for (const section of this.pools.values()) section.sortedAt = -Infinity;
    if (this.status) this.update(this.status, false);
  }

  /** Shows the last hour. */
  showHeat(history) {
    this.heat = history;
    for (const section of this.pools.values()) section.showHeat(history);
  }
}

class PoolSection {
  constructor(name, act, add) {
    this.name = name;
    this.act = act;
    this.rows = new Map();
    this.order = [];
    this.sortedAt = -Infinity;
    this.seen = true;
    this.about = element("p", { class: "about" });
    this.alarm = element("p", { class: "alarm" });
    this.body = element("tbody", { role: "rowgroup" });
    this.heads = new Map();
    const table = element("table", { role: "table", "aria-label": `Members of pool ${name}` }, this.head(), this.body);
    const scroller = element("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": `Pool ${name}` }, table);
    const adding = element("button", { type: "button", class: "plain", "aria-label": `Add a member to pool ${name}` }, "Add member");
    adding.addEventListener("click", () => add(name));
    const title = element("header", {}, element("h2", {}, name), this.about, adding);
    this.root = element("section", { class: "pool", "data-pool": name }, title, this.alarm, scroller);
  }

  head() {
    const groups = element("tr", { role: "row", class: "groups" });
    const columns = element("tr", { role: "row" });
    for (const [group, cells] of GROUPS) {
      const scope = group ? { scope: "colgroup", role: "columnheader" } : { role: "presentation" };
      groups.append(element(group ? "th" : "td", { ...scope, colspan: cells.length }, ...(group ? [element("span", {}, group)] : [])));
      cells.forEach((column, index) => columns.append(this.columnHead(column, index === 0)));
    }
    return element("thead", { role: "rowgroup" }, groups, columns);
  }

  columnHead(column, first) {
    const classes = first ? `${column.kind} first` : column.kind;
    const head = element("th", { scope: "col", role: "columnheader", class: classes, "data-column": column.key, title: column.title });
    if (column.key === "actions") {
      head.append(element("span", { class: "unseen" }, "Actions"));
    } else if (column.sort) {
      const button = element("button", { type: "button", class: "sort" }, column.label);
      button.addEventListener("click", () => {
        const { sort } = current();
        change({ sort: sort === column.key ? `-${column.key}` : sort === `-${column.key}` ? "" : column.key });
      });
      head.append(button);
      this.heads.set(column, head);
    } else {
      head.append(column.label);
    }
    return head;
  }

  /** Whether it is near what the window shows; what is drawn each second is left out where it is not. */
  see(seen) {
    this.seen = seen;
  }

  /** Shows the pool; how many of its members are shown. */
  update(pool, at, view, take) {
    const members = pool.members.filter((member) => wanted(view, pool, member));
    this.root.hidden = members.length === 0 && Boolean(view.pool || view.state || view.q);
    this.showHead(pool);
    for (const [column, head] of this.heads) mark(head, "aria-sort", direction(column, view.sort));
    const everyKey = this.arranged(pool.members, view.sort);
    keep(this.body, this.rows, everyKey, (id) => {
      const row = new MemberRow(pool.name, id, (button) => this.act(button, pool.name, id));
      this.heatOf(row);
      return row;
    });
    if (take) for (const member of pool.members) this.rows.get(member.id).spark.take(member.requests_per_second);
    const scale = this.scale(pool);
    const shown = new Set(members.map((member) => member.id));
    for (const member of pool.members) {
      const row = this.rows.get(member.id);
      row.root.hidden = !shown.has(member.id);
      row.show(member, pool, at, scale);
    }
    return members.length;
  }

  scale(pool) {
    const rows = [...this.rows.values()];
    const shares = pool.members.flatMap((member) => [member.share_1m ?? member.share ?? 0, member.expected_share ?? 0]);
    const known = (name) => pool.members
      .map((member) => ({ id: member.id, value: member.latency_ms?.[name] ?? null }))
      .filter(({ value }) => value !== null)
      .sort((a, b) => a.value - b.value);
    return {
      latencies: { p50: known("p50"), p90: known("p90"), p99: known("p99") },
      seen: this.seen,
      rate: rows.reduce((most, row) => Math.max(most, row.spark.most()), 1),
      share: Math.max(0.01, ...shares) * 1.1,
    };
  }

  /** The ids in order: anew when it is time, else as they were. */
  arranged(members, sort) {
    const ids = members.map((member) => member.id);
    const now = performance.now();
    const busy = this.body.matches(":hover") || this.body.contains(document.activeElement);
    const asked = this.sortedAt === -Infinity;
    if (!sort || asked || (!busy && now - this.sortedAt > SORT_MILLIS)) {
      this.order = sorted(members, sort).map((member) => member.id);
      this.sortedAt = now;
    }
    const there = new Set(ids);
    const placed = new Set(this.order);
    return [...this.order.filter((id) => there.has(id)), ...ids.filter((id) => !placed.has(id))];
  }

  showHead(pool) {
    const serving = pool.members.filter((member) => words.standing(member) === "serves").length;
    write(this.about, [
      pool.strategy,
      `${serving} of ${pool.members.length} ${pool.fail_open ? "up" : "serve"}`,
      ...words.tiers(pool),
      ...words.queue(pool),
      ...(pool.queue_wait_ms?.count > 0 ? [`queue wait p99 ${withUnit(pool.queue_wait_ms.p99)}`] : []),
      `${rate(pool.requests_per_second)} req/s`,
      `p99 ${withUnit(pool.latency_ms?.p99)}`,
      plural(pool.retries_total, "retry", "retries"),
      ...Object.entries(pool.refused).map(([why, times]) => `${count(times)} ${why}`),
    ].join(" · "));
    mark(this.root, "data-can-serve", String(pool.can_serve));
    write(this.alarm, pool.fail_open ? `Fail open: fewer than ${configured(pool.min_available)} of this pool's members are up, so all are used, healthy or not.` : "");
  }

  showHeat(history) {
    const pool = history.pools.find((each) => each.name === this.name);
    if (!pool) return;
    this.hour = { history, scale: heatScale(pool.members), members: new Map(pool.members.map((member) => [member.id, member])) };
    for (const row of this.rows.values()) this.heatOf(row);
  }

  heatOf(row) {
    const member = this.hour?.members.get(row.id);
    if (member) row.heat.show(member, this.hour.history, this.hour.scale);
  }
}
