// The columns of a pool's table: what each is called, what it means, and what it is sorted by.

import { STATES, state } from "./words.js";

const sum = (counts) => Object.values(counts ?? {}).reduce((total, each) => total + each, 0);
const latency = (name) => (member) => member.latency_ms?.[name];

/** Key, label, whether it is a text rather than a number, by what it is sorted, and what it means. */
function column(key, label, kind, sort, title) {
  return { key, label, kind, sort, title };
}

/** The groups of columns from left to right, each with its name and its own unit. */
export const GROUPS = [
  ["", [
    column("member", "Member", "text", (member) => member.id, "Its id and address"),
    column("state", "State", "text", (member) => STATES.indexOf(state(member)), "The state, since when, and why"),
    column("probe", "Probes", "text", (member) => [...(member.probes ?? "")].filter((each) => each === "f").length, "The last 60 probes, newest on the right, and what the last one found"),
  ]],
  ["Traffic", [
    column("weight", "Weight", "number", (member) => member.effective_weight, "The weight that was set and, where it differs, as it counts now"),
    column("in_flight", "In flight", "number", (member) => member.in_flight, "Requests sent and not completed, and how many there may be"),
    column("requests_per_second", "Req/s", "number", (member) => member.requests_per_second, "Requests in the last second; the line: in the last minute"),
    column("share", "Share", "number", (member) => member.share_1m ?? member.share, "Its part of the pool's requests in the last minute; the tick: what its weight comes to"),
  ]],
  ["Answers", [
    column("2xx", "2xx", "number", (member) => member.responses["2xx"], "Answers with a status of 200 to 299, since the start"),
    column("4xx", "4xx", "number", (member) => member.responses["4xx"], "Answers with a status of 400 to 499, since the start"),
    column("5xx", "5xx", "number", (member) => member.responses["5xx"], "Answers with a status of 500 to 599, since the start"),
  ]],
  ["Failures", [
    column("errors", "Errors", "number", (member) => sum(member.errors), "Attempts without an answer, by kind: no connection, reset, not in time; since the start"),
    column("retries", "Retries", "number", (member) => member.retries_from, "Attempts here that were repeated at another member; below: repeated here after another's failure"),
  ]],
  ["Latency of the last minute, ms", [
    column("p50", "p50", "number", latency("p50"), "Half of all requests were answered within this time"),
    column("p90", "p90", "number", latency("p90"), "90 of 100 requests were answered within this time"),
    column("p99", "p99", "number", latency("p99"), "99 of 100 requests were answered within this time"),
    column("p999", "p99.9", "number", latency("p999"), "999 of 1,000 requests were answered within this time"),
    column("max", "Max", "number", latency("max"), "The slowest request"),
  ]],
  ["", [
    column("heat", "Last hour", "text", null, "The p99 of each minute: the stronger the colour, the slower"),
    column("bytes", "Bytes", "number", (member) => member.received_bytes, "Received from the member, and below sent to it, since the start"),
    column("changes", "Changes", "number", (member) => member.transitions_total, "How often its state changed, and below how often it was ejected, since the start"),
    column("actions", "", "text", null, ""),
  ]],
];

export const COLUMNS = GROUPS.flatMap(([, columns]) => columns);

/** The members in the order that `sort` names: a column's key, or that after a minus for the other way round. */
export function sorted(members, sort) {
  const by = COLUMNS.find((each) => each.key === sort.replace(/^-/, "") && each.sort);
  if (!by) return members;
  // Names and states begin with the first or the worst, numbers with the largest.
  const natural = by.kind === "number" || by.key === "probe" ? -1 : 1;
  const way = sort.startsWith("-") ? -natural : natural;
  const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b);
  return members
    .map((member) => ({ member, value: by.sort(member) ?? null }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return (a.value === null ? 1 : 0) - (b.value === null ? 1 : 0);
      return way * compare(a.value, b.value);
    })
    .map(({ member }) => member);
}

/** The direction of a column in that order, as `aria-sort` has it. */
export function direction(by, sort) {
  if (by.key !== sort.replace(/^-/, "")) return "none";
  const descends = (by.kind === "number" || by.key === "probe") !== sort.startsWith("-");
  return descends ? "descending" : "ascending";
}
