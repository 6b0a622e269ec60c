// The status page: listens to the stream of status documents, gives each to the parts of the page, and says so when it no
// longer hears anything.

import { Changes } from "./changes.js";
import { byId, mark, write } from "./dom.js";
import { EventList } from "./events.js";
import { startFilters } from "./filters.js";
import { onView } from "./link.js";
import { MemberView } from "./member.js";
import { clock } from "./numbers.js";
import { Orders } from "./orders.js";
import { PoolList } from "./pools.js";
import { showSummary } from "./summary.js";
import { showTraffic } from "./traffic.js";
import { verdict } from "./verdict.js";

const STREAM = "/api/v1/status/stream";
const HOUR = "/api/v1/history?window=1h";
/** Documents come once a second; after this long without one the connection counts as lost. */
const SILENCE_MILLIS = 4000;
const RETRY_MILLIS = 1000;
const HOUR_MILLIS = 60_000;

const orders = new Orders();
const changes = new Changes();
const pools = new PoolList(byId("pools"), (button, pool, member) => orders.menu(button, pool, member), (pool) => changes.member(pool));
const events = new EventList(byId("events"), byId("no-events"));
const member = new MemberView(byId("member"), orders);
const showFilters = startFilters();
let source;
let status = null;
let version = null;
let drawing = false;
let heardAt = performance.now();
let heardTime = new Date();
let problems = 0;

/** Takes a document. What it says is shown with the next frame; in a window that nobody sees, only the title changes. */
function take(document_) {
  version ??= document_.version;
  if (version !== document_.version) {
    location.reload(); // another Fairlead, and so another page
    return;
  }
  status = document_;
  problems = verdict(status).problems;
  showConnection();
  if (!drawing && !document.hidden) {
    drawing = true;
    requestAnimationFrame(draw);
  }
}

function draw() {
  drawing = false;
  problems = showSummary(status);
  showFilters(status);
  pools.update(status, true);
  showTraffic(status);
  events.update(status);
  orders.update(status);
  changes.update(status);
  member.update(status);
}

function connect() {
  source?.close();
  source = new EventSource(STREAM);
  source.onmessage = (event) => {
    heardAt = performance.now();
    heardTime = new Date();
    take(JSON.parse(event.data));
  };
  source.onerror = () => {
    heardAt = Math.min(heardAt, performance.now() - SILENCE_MILLIS);
    showConnection();
    // A browser tries again by itself after a broken connection, but not after a refusal.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MILLIS);
  };
}

function showConnection() {
  const lost = performance.now() - heardAt >= SILENCE_MILLIS;
  mark(document.body, "data-connection", lost ? "lost" : "live");
  const since = status ? ` since ${clock(heardTime, new Date())}: what is shown is old` : "";
  write(byId("connection"), lost ? `Connection lost${since}. Trying again.` : "Live");
  const count = lost ? "connection lost" : problems === 1 ? "1 problem" : `${problems} problems`;
  const title = lost || problems > 0 ? `(${count}) Fairlead` : "Fairlead";
  if (document.title !== title) document.title = title;
  // Not for a lost connection: the other icon could not be had.
  const icon = problems > 0 ? "/trouble.svg" : "/well.svg";
  if (!lost) mark(byId("icon"), "href", icon);
}

/** The last hour of all members; it is no part of the stream. */
async function showHour() {
  if (document.hidden) return;
  try {
    const answer = await fetch(HOUR);
    if (answer.ok) pools.showHeat(await answer.json());
  } catch {
    // The page says itself when the connection is lost; the next minute tries again.
  }
}

setInterval(() => {
  if (performance.now() - heardAt >= SILENCE_MILLIS) showConnection();
}, 1000);
setInterval(showHour, HOUR_MILLIS);
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !status) return;
  draw();
  showHour();
});
onView((view) => {
  pools.review();
  events.review();
  member.follow(view);
});
connect();
showHour();
