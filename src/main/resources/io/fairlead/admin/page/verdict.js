// Is all well? One sentence about everything, how bad it is, and which members are the cause.

import { configured, percent, plural } from "./numbers.js";
import { standing } from "./words.js";

/** From which share of answers on errors are spoken of, and are trouble; of the last minute. */
const NOTED_ERRORS = 0.01;
const MANY_ERRORS = 0.1;

function isOrAre(number) {
  return number === 1 ? "is" : "are";
}

/**
 * One sentence; "well", "notice" or "trouble"; how many problems; and the members that are the cause.
 * Trouble is what nobody ordered: a member that is out, a pool that fails open, or one that cannot serve, many errors.
 */
export function verdict(status) {
  const all = status.pools.flatMap((pool) => pool.members.map((member) => ({ pool, member })));
  const those = (word) => all.filter(({ member }) => standing(member) === word);
  const [ordered, checking, standby, out] = ["ordered", "checking", "standby", "out"].map(those);
  const failing = all.filter(({ member }) => member.admin === "ready" && member.health === "falling");
  const open = status.pools.filter((pool) => pool.fail_open);
  const dry = status.pools.filter((pool) => !pool.can_serve && !pool.members.some((m) => m.health === "checking"));
  const dryAndBlameless = dry.filter((pool) => !out.some((entry) => entry.pool === pool));
  const errors = status.error_share_1m ?? 0;
  const refused = status.config?.last_reload?.ok === false;
  const problems = out.length + open.length + dryAndBlameless.length + (errors >= MANY_ERRORS ? 1 : 0) + (refused ? 1 : 0);
  const noticed = ordered.length + checking.length + failing.length + (errors >= NOTED_ERRORS ? 1 : 0);
  const level = problems > 0 ? "trouble" : noticed > 0 || !status.ready ? "notice" : "well";
  const members =
    out.length + open.length + dryAndBlameless.length > 0
      ? trouble(out, open, dry, dryAndBlameless)
      : calm(status, all.length, { ordered, checking, standby, failing });
  const wrong = errors >= NOTED_ERRORS ? ` About ${percent(errors)} of the answers in the last minute were errors.` : "";
  const reload = refused ? " The last reload was refused." : "";
  const stop = wrong || reload ? ended(members) : members;
  return { level, sentence: `${stop}${wrong}${reload}`, problems, causes: [...out, ...failing] };
}

/** A reason of a member ends without a stop. */
function ended(sentence) {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function trouble(out, open, dry, dryAndBlameless) {
  const worst = [];
  if (dry.length > 0) {
    const names = dry.map((pool) => pool.name).join(", ");
    const why =
      dry.length === 1 && dryAndBlameless.length === 0
        ? `: ${dry[0].members.length === 1 ? "its only member is out" : "no member is left"}`
        : "";
    worst.push(`${dry.length === 1 ? "Pool" : "Pools"} ${names} cannot serve${why}.`);
  }
  if (open.length === 1) {
    worst.push(`Pool ${open[0].name} fails open: fewer than ${configured(open[0].min_available)} of its members are up.`);
  } else if (open.length > 1) {
    worst.push(`Pools ${open.map((pool) => pool.name).join(", ")} fail open: too few of their members are up.`);
  }
  if (worst.length > 0) return worst.join(" ");
  const pools = [...new Set(out.map(({ pool }) => pool))];
  const members = pools.reduce((sum, pool) => sum + pool.members.length, 0);
  const where = pools.length === 1 ? `pool ${pools[0].name}` : `${pools.length} pools`;
  const what = `${out.length} of ${plural(members, "member")} of ${where} ${isOrAre(out.length)} out`;
  return out.length === 1 ? `${what}: ${out[0].member.reason}` : `${what}.`;
}

function calm(status, total, { ordered, checking, standby, failing }) {
  if (status.draining) return "Fairlead is stopping: it finishes what it has.";
  const serving = total - ordered.length - checking.length - standby.length;
  const pools = plural(status.pools.length, "pool");
  const verb = serving === 1 ? "serves" : "serve";
  const who =
    serving < total
      ? `${serving} of ${plural(total, "member")} of ${pools} ${verb}`
      : total === 1
        ? `The only member of ${pools} serves`
        : `All ${total} members of ${pools} serve`;
  const but = [];
  if (standby.length > 0) but.push(`${standby.length} ${isOrAre(standby.length)} on standby`);
  if (checking.length > 0) but.push(`${checking.length} ${isOrAre(checking.length)} being checked`);
  if (ordered.length > 0) but.push(`${ordered.length} ${isOrAre(ordered.length)} out by order`);
  if (failing.length > 0) but.push(`${failing.length} ${failing.length === 1 ? "fails its" : "fail their"} probes`);
  if (but.length === 0 && !status.ready) but.push("not every listener is bound");
  return [who, ...but].join("; ") + ".";
}
