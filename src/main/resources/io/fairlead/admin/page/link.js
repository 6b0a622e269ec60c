// What is opened, filtered and sorted, as it stands in the address after the #, so that it can be kept and sent to a colleague.

const KEYS = ["pool", "state", "q", "sort", "member"];
const readers = [];
let view = parse();

function parse() {
  const params = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(KEYS.map((key) => [key, params.get(key) ?? ""]));
}

/** The fragment that shows this; empty if there is nothing to say. */
export function fragment(of) {
  const params = new URLSearchParams();
  for (const key of KEYS) if (of[key]) params.set(key, of[key]);
  const text = params.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text ? `#${text}` : "";
}

/** What is shown now: `pool`, `state`, `q`, `sort` and `member`, each a text that may be empty. */
export function current() {
  return view;
}

/** Where a member is shown, beside whatever is filtered now. */
export function toMember(pool, member) {
  return fragment({ ...view, member: `${pool}/${member}` });
}

/** Is called with the view now and whenever it changes. */
export function onView(reader) {
  readers.push(reader);
  reader(view);
}

/** Shows something else; `page` if going back is to lead here again. */
export function change(part, page = false) {
  const next = fragment({ ...view, ...part });
  if (next === fragment(view)) return;
  const address = next || location.pathname + location.search;
  if (page) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  tell();
}

function tell() {
  const next = parse();
  if (fragment(next) === fragment(view)) return;
  view = next;
  for (const reader of readers) reader(view);
}

addEventListener("popstate", tell);
addEventListener("hashchange", tell);
