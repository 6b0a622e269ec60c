// How a member's latencies are spread, as the percentile plot of HdrHistogram, beside those of its peers; and the same as a table.

import { Chart, extent, latencyAxis, percentileAxis, uplot } from "./charts.js";
import { element } from "./dom.js";
import { toMember } from "./link.js";
import { count, millis, withUnit } from "./numbers.js";
import { memberPath } from "./request.js";

/** As many peers are drawn and listed: those with the most requests. */
const MOST_PEERS = 9;
const COLUMNS = ["count", "p50", "p90", "p99", "p999", "max", "mean"];

/** The percentile of a point so that 90, 99 and 99.9 are equally far apart; the last, 100, stands where the others end. */
function place(percentile, all) {
  return Math.min(100 / (100 - percentile), Math.max(all, 1));
}

/** Asks for the latencies of a member and of its busiest peers. */
export async function latencies(pool, id, members, window_) {
  const peers = members
    .filter((each) => each.id !== id)
    .sort((a, b) => b.requests_per_second - a.requests_per_second || b.requests_total - a.requests_total)
    .slice(0, MOST_PEERS)
    .map((each) => each.id);
  const answers = await Promise.all([id, ...peers].map(async (each) => {
    const answer = await fetch(`${memberPath(pool, each)}/latency?window=${window_}`);
    return answer.ok ? answer.json() : null;
  }));
  return answers.filter((answer) => answer !== null && Array.isArray(answer.distribution));
}

export class Distribution {
  constructor(chart, table) {
    this.chart = new Chart(chart, 260);
    this.table = table;
  }

  clear() {
    this.chart.clear();
    this.table.replaceChildren();
  }

  /** Draws these, the first of them as the one that matters. */
  async show(all) {
    this.table.replaceChildren(...all.map((each, index) => row(each, index === 0)));
    const drawn = all.filter((each) => each.count > 0 && each.distribution.length > 0);
    if (drawn.length === 0) {
      this.chart.clear();
      return;
    }
    const UPlot = await uplot();
    const data = UPlot.join(drawn.map((each) => curve(each)));
    this.range = extent(data.slice(1).flat());
    this.end = Math.max(10, data[0][data[0].length - 1]);
    // The one that matters is drawn last, above the others.
    const [xs, ...ys] = data;
    const order = [...drawn.keys()].reverse();
    const names = order.map((i) => drawn[i].member);
    await this.chart.draw(names.join("\n"), (colour) => this.options(colour, order.map((i) => drawn[i]), all[0]), [xs, ...order.map((i) => ys[i])]);
  }

  options(colour, drawn, first) {
    const lines = drawn.map((each) => ({
      label: each.member,
      stroke: each === first ? colour("accent") : colour("peer"),
      width: each === first ? 2.5 : 1.25,
      spanGaps: true,
      points: { show: false },
      value: (_, value) => withUnit(value),
    }));
    return {
      scales: { x: { time: false, distr: 3, log: 10, range: () => [1, this.end] }, y: { distr: 3, log: 10, range: () => this.range } },
      axes: [percentileAxis(colour), latencyAxis(colour)],
      cursor: { points: { size: 6 }, drag: { x: false, y: false } },
      legend: { live: true },
      series: [{ label: "Percentile", value: (_, x) => (x ? `${Number((100 - 100 / x).toPrecision(6))}%` : "–") }, ...lines],
    };
  }
}

/** A curve's points, one for each place, as the chart wants them: the last. */
function curve(each) {
  const byPlace = new Map(each.distribution.map(([percentile, value]) => [place(percentile, each.count), value]));
  const places = [...byPlace.keys()].sort((a, b) => a - b);
  return [places, places.map((at) => byPlace.get(at))];
}

function row(each, first) {
  const name = first ? element("strong", {}, each.member) : element("a", { href: toMember(each.pool, each.member) }, each.member);
  const cells = COLUMNS.map((key) => element("td", { class: "number" }, key === "count" ? count(each.count) : millis(each[key])));
  return element("tr", first ? { class: "chosen" } : {}, element("th", { scope: "row", class: "text" }, name), ...cells);
}
