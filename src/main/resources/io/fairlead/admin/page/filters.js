// The line above the pools: which pool, which state, which text, and in what order.

import { COLUMNS } from "./columns.js";
import { byId, element, keep } from "./dom.js";
import { change, onView } from "./link.js";
import { STATES } from "./words.js";

/** Connects the line with the address; what it returns shows the pools of a document. */
export function startFilters() {
  const [pool, state, text, sort] = ["filter-pool", "filter-state", "filter-text", "filter-sort"].map(byId);
  state.append(element("option", { value: "" }, "any state"), element("option", { value: "unwell" }, "not well"));
  for (const each of STATES) state.append(element("option", { value: each }, each));
  sort.append(element("option", { value: "" }, "as configured"));
  for (const column of COLUMNS) if (column.sort) sort.append(element("option", { value: column.key }, column.label));
  pool.addEventListener("change", () => change({ pool: pool.value }));
  state.addEventListener("change", () => change({ state: state.value }));
  text.addEventListener("input", () => change({ q: text.value.trim() }));
  sort.addEventListener("change", () => change({ sort: sort.value }));
  byId("filter-clear").addEventListener("click", () => change({ pool: "", state: "", q: "" }));
  const options = new Map();
  const show = (view) => {
    pool.value = view.pool;
    state.value = view.state;
    sort.value = view.sort.replace(/^-/, "");
    if (text.value.trim() !== view.q) text.value = view.q;
    byId("filter-clear").hidden = !(view.pool || view.state || view.q);
  };
  let seen = null;
  let view = null;
  onView((next) => show((view = next)));
  return (status) => {
    const names = ["", ...status.pools.map((each) => each.name)];
    const key = names.join("\n");
    if (key === seen) return;
    seen = key;
    keep(pool, options, names, (name) => ({ root: element("option", { value: name }, name || "all pools") }));
    show(view);
  };
}
