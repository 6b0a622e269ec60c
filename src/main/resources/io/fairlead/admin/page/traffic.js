// The listeners and the routes: what comes in, and where it goes.

import { byId, element, keep, write } from "./dom.js";
import { count, millis, rate } from "./numbers.js";

const LISTENER = ["name", "address", "connections", "connections_total", "requests_total", "rate", "5xx", "p50", "p99", "max"];
const ROUTE = ["route", "pool", "requests_total", "rate", "2xx", "4xx", "5xx", "p50", "p99", "max"];
const TEXTS = new Set(["name", "address", "route", "pool"]);
const listeners = new Map();
const routes = new Map();

/** Shows both tables of a document. */
export function showTraffic(status) {
  fill("listeners", listeners, LISTENER, status.listeners, (each) => each.name);
  fill("routes", routes, ROUTE, status.routes ?? [], (each) => `${each.route} ${each.pool}`);
}

function fill(id, rows, columns, all, keyOf) {
  const byKey = new Map(all.map((each) => [keyOf(each), each]));
  byId(id).closest("section").hidden = all.length === 0;
  keep(byId(id), rows, [...byKey.keys()], () => row(columns));
  for (const [key, each] of byKey) {
    columns.forEach((column, index) => write(rows.get(key).cells[index], text(each, column)));
  }
}

function row(columns) {
  const cells = columns.map((column, index) =>
    element(index === 0 ? "th" : "td", { class: TEXTS.has(column) ? "text" : "number", ...(index === 0 ? { scope: "row" } : {}) }));
  return { root: element("tr", {}, ...cells), cells };
}

function text(each, column) {
  if (TEXTS.has(column)) return each[column] || "–";
  if (column === "rate") return rate(each.requests_per_second);
  if (/^\dxx$/.test(column)) return count(each.responses?.[column]);
  if (["p50", "p99", "max"].includes(column)) return millis(each.latency_ms?.[column]);
  return count(each[column]);
}
