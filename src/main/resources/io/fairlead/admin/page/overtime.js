// A member's latency over time: a heat map of all requests, and lines of percentiles below it, with one cursor for both.

import { Chart, extent, latencyAxis, timeAxis } from "./charts.js";
import { count, millis, plural, second, withUnit } from "./numbers.js";

const LINES = [["p50", "p50"], ["p90", "p90"], ["p99", "p99"], ["p999", "p99.9"], ["max", "max"]];
const SYNC = "time";
/** What came before the first request is left out, but for so much at least. */
const LEAST_SECONDS = 300;
const TIME = { label: "Time", value: (_, at) => (at === null || at === undefined ? "–" : second(at)) };

export class OverTime {
  constructor(heatPlace, linesPlace) {
    this.heat = new Chart(heatPlace, 190);
    this.lines = new Chart(linesPlace, 210);
  }

  clear() {
    this.heat.clear();
    this.lines.clear();
  }

  /** Draws what `/history` of a member answered; whether there was anything. */
  async show(history) {
    this.history = history;
    this.from = Date.parse(history.from) / 1000;
    const times = history.count.map((_, i) => this.from + i * history.step_seconds);
    const bounds = history.heat?.bounds_ms ?? [];
    this.edges = bounds.length > 1 ? [bounds[0] / (bounds[1] / bounds[0]), ...bounds] : [1, 10];
    const first = history.count.findIndex((count) => count > 0);
    const end = this.from + history.count.length * history.step_seconds;
    this.begin = Math.min(this.from + Math.max(0, first - 1) * history.step_seconds, Math.max(this.from, end - LEAST_SECONDS));
    this.end = end;
    this.range = extent(LINES.flatMap(([key]) => history[key]));
    await this.heat.draw("heat", (colour) => this.heatOptions(colour), [times, history.p50]);
    await this.lines.draw("lines", (colour) => this.lineOptions(colour), [times, ...LINES.map(([key]) => history[key])]);
    return history.count.some((count) => count > 0);
  }

  options(colour, range) {
    return {
      scales: { x: { time: true, range: () => [this.begin, this.end] }, y: { distr: 3, log: 10, range } },
      axes: [timeAxis(colour), latencyAxis(colour)],
      legend: { live: true },
    };
  }

  lineOptions(colour) {
    const lines = LINES.map(([, label], i) => ({
      label,
      stroke: colour(`line-${i + 1}`),
      width: label === "p99" ? 2 : 1.25,
      points: { show: false },
      value: (_, value) => withUnit(value),
    }));
    return { ...this.options(colour, () => this.range), cursor: cursor(true), series: [TIME, ...lines] };
  }

  heatOptions(colour) {
    const cells = { label: "At the cursor", stroke: "transparent", points: { show: false }, value: (plot, _, __, i) => this.under(plot, i) };
    return {
      ...this.options(colour, () => [this.edges[0], this.edges[this.edges.length - 1]]),
      cursor: cursor(false),
      series: [TIME, cells],
      hooks: { drawClear: [(plot) => this.paint(plot, colour("accent"))] },
    };
  }

  /** What the cell below the cursor stands for. */
  under(plot, i) {
    if (i === null || i === undefined || !this.history.heat) return "–";
    const at = plot.posToVal(plot.cursor.top ?? -1, "y");
    const band = this.edges.findIndex((edge) => at <= edge) - 1;
    const cell = this.history.heat.cells.find(([column, each]) => column === i && each === band);
    const range = band >= 0 ? ` from ${millis(this.edges[band])} to ${withUnit(this.edges[band + 1])}` : "";
    return `${plural(cell?.[2] ?? 0, "request")}${range}, of ${count(this.history.count[i] ?? 0)}`;
  }

  /** A cell for each moment and band of latency: the more requests, the stronger. */
  paint(plot, colour) {
    const cells = this.history.heat?.cells ?? [];
    const most = cells.reduce((high, cell) => Math.max(high, cell[2]), 1);
    const step = this.history.step_seconds;
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.fillStyle = colour;
    for (const [column, band, requests] of cells) {
      const left = Math.floor(plot.valToPos(this.from + column * step, "x", true));
      const right = Math.floor(plot.valToPos(this.from + (column + 1) * step, "x", true));
      const top = Math.floor(plot.valToPos(this.edges[band + 1], "y", true));
      const bottom = Math.floor(plot.valToPos(this.edges[band], "y", true));
      ctx.globalAlpha = 0.12 + 0.88 * (Math.log1p(requests) / Math.log1p(most));
      ctx.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    }
    ctx.restore();
  }
}

function cursor(points) {
  return { sync: { key: SYNC, setSeries: false }, points: points ? { size: 6 } : { show: false }, drag: { x: false, y: false } };
}
