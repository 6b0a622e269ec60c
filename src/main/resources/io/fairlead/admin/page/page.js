// The status page: listens to the stream of status documents and shows each. It keeps nothing but what it shows and a
// minute of rates, asks for events and histories when a document says that there are more, and says so when it no longer
// hears anything.

import { EventList } from "./events.js";
import { HistoryDialog } from "./history.js";
import { PoolTable, element, keep, write } from "./table.js";
import * as words from "./words.js";

const STREAM = "/api/v1/status/stream";
/** Documents come once a second; after this long without one the connection counts as lost. */
const SILENCE_MILLIS = 4000;
const RETRY_MILLIS = 1000;
/** As many causes are named at the top; the tables have all. */
const MOST_CAUSES = 6;

const SIGNS = { well: "M7 12.5l3.4 3.4L17 8.8", notice: "M12 7v6.2M12 16.6v.3", trouble: "M12 6.6v7M12 17v.3", unknown: "" };

const byId = (id) => document.getElementById(id);
const figure = (name) => document.querySelector(`[data-figure="${name}"]`);
const pools = new Map();
const listeners = new Map();
const causes = new Map();
const history = new HistoryDialog(byId("history"));
const open = (pool, member) => history.open(pool, member);
const events = new EventList(byId("events"), byId("no-events"), open);
let source;
let heardAt = performance.now();
let problems = 0;

function show(status) {
  const verdict = words.verdict(status);
  problems = verdict.problems;
  showVerdict(verdict, status.at);
  showProgram(status);
  showFigures(status);
  keep(byId("pools"), pools, status.pools.map((pool) => pool.name), (name) => new PoolTable(name, open));
  for (const pool of status.pools) pools.get(pool.name).update(pool, status.at);
  showListeners(status.listeners);
  events.update(status);
  history.update(status);
}

function showVerdict({ level, sentence, causes: members }, at) {
  byId("verdict").dataset.level = level;
  byId("sign").setAttribute("d", SIGNS[level]);
  write(byId("summary"), sentence);
  const named = new Map(members.slice(0, MOST_CAUSES).map(({ pool, member }) => [`${pool.name}/${member.id}`, member]));
  keep(byId("causes"), causes, [...named.keys()], (key) => {
    const link = element("a", { href: `#member-${encodeURIComponent(key)}` }, key);
    const why = element("span");
    return { root: element("li", {}, link, why), why };
  });
  for (const [key, member] of named) {
    const why = sentence.endsWith(member.reason) ? "" : `: ${member.reason}`;
    write(causes.get(key).why, ` ${words.trend(member, at)}${why}`);
  }
  write(byId("more"), members.length > MOST_CAUSES ? `and ${members.length - MOST_CAUSES} more` : "");
}

function showProgram(status) {
  write(byId("version"), status.version);
  write(byId("uptime"), `up ${words.duration(status.uptime_seconds)}`);
  write(byId("config"), status.config.file);
  const reload = status.config.last_reload;
  const refused = reload && !reload.ok ? ` Reload refused: ${reload.message}` : "";
  byId("config").title = `Loaded at ${status.config.loaded_at}, hash ${status.config.hash}.${refused}`;
  byId("config").classList.toggle("refused", refused !== "");
}

function showFigures(status) {
  const members = status.pools.flatMap((pool) => pool.members);
  const sum = (list, key) => list.reduce((total, each) => total + each[key], 0);
  write(figure("rate"), words.rate(status.requests_per_second));
  write(figure("p50"), words.withUnit(status.latency_ms.p50));
  write(figure("p99"), words.withUnit(status.latency_ms.p99));
  write(figure("in_flight"), words.count(sum(members, "in_flight")));
  write(figure("connections"), words.count(sum(status.listeners, "connections")));
  write(figure("lag"), words.withUnit(status.process.event_loop_lag_p99_ms));
  write(figure("gc"), `${Math.round(status.process.gc_pause_p99_ms)} ms`);
  write(figure("heap"), words.bytes(status.process.heap_bytes));
}

function showListeners(all) {
  byId("listeners").parentElement.hidden = all.length === 0;
  keep(byId("listeners"), listeners, all.map((each) => each.name), (name) => {
    const text = element("span");
    return { root: element("li", { "data-listener": name }, element("strong", {}, name), text), text };
  });
  for (const each of all) {
    const connections = `${words.count(each.connections)} connection${each.connections === 1 ? "" : "s"}`;
    const requests = `${words.count(each.requests_total)} request${each.requests_total === 1 ? "" : "s"}`;
    write(listeners.get(each.name).text, ` ${each.address} · ${connections} · ${requests} · ${words.rate(each.requests_per_second)} req/s`);
  }
}

function connect() {
  source?.close();
  source = new EventSource(STREAM);
  source.onmessage = (event) => {
    heardAt = performance.now();
    show(JSON.parse(event.data));
    showConnection();
  };
  source.onerror = () => {
    heardAt = Math.min(heardAt, performance.now() - SILENCE_MILLIS);
    showConnection();
    // A browser tries again by itself after a broken connection, but not after a refusal.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MILLIS);
  };
}

function showConnection() {
  const silent = performance.now() - heardAt;
  const lost = silent >= SILENCE_MILLIS;
  document.body.dataset.connection = lost ? "lost" : "live";
  write(byId("connection"), lost ? "Connection lost: what is shown is old. Trying again." : "Live");
  const count = lost ? "connection lost" : problems === 1 ? "1 problem" : `${problems} problems`;
  document.title = lost || problems > 0 ? `(${count}) Fairlead` : "Fairlead";
  // Not for a lost connection: the other icon could not be had.
  const icon = problems > 0 ? "/trouble.svg" : "/well.svg";
  if (!lost && byId("icon").getAttribute("href") !== icon) byId("icon").setAttribute("href", icon);
}

setInterval(() => {
  if (performance.now() - heardAt >= SILENCE_MILLIS) showConnection();
}, 1000);
connect();
