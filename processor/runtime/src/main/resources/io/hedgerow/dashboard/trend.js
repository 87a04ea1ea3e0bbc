/** A share over time, with what it was in the reference and the limit that it may not pass. */

import { axes, Chart } from "./chart.js";
import { drawMarks } from "./marks.js";
import { percent } from "./words.js";

export class Trend {
  #shown = { levels: [], moments: [] };
  #chart = new Chart("Over time", 132, (colour) => this.#options(colour), [
    ["share", (value) => percent(value)], ["reference", (value) => percent(value)], ["limit", (value) => percent(value)],
  ]);

  get element() {
    return this.#chart.element;
  }

  /**
   * @param points {time, share}, in order of time
   * @param expected in the reference, or nothing
   * @param limit that it may not pass, or nothing
   * @param moments {time, name, isSoft} to mark
   */
  show(points, expected, limit, moments) {
    const known = points.filter((point) => Number.isFinite(point.share));
    this.#shown = {
      levels: [[expected, "reference ", limit], [limit, "limit ", expected]].filter(([value]) => Number.isFinite(value))
        .map(([value, words, other]) => ({ value, words: words + percent(value), isBelow: value < other })),
      moments,
    };
    this.#chart.show([
      known.map((point) => point.time / 1000), known.map((point) => point.share),
      known.map(() => expected ?? null), known.map(() => limit ?? null),
    ]);
  }

  #options(colour) {
    return {
      cursor: { y: false, points: { size: 6 } },
      scales: { y: { range: (_, low, high) => [0, Math.min(1, Math.max(0.05, (high ?? 0.1) * 1.2))] } },
      axes: axes(colour, (_, at) => at.map((value) => percent(value))),
      series: [
        {},
        { stroke: colour("warm"), width: 1.75, points: { show: false } },
        { stroke: colour("quiet"), width: 1, points: { show: false } },
        { stroke: colour("text"), width: 1, dash: [4, 3], points: { show: false } },
      ],
      hooks: { draw: [(plot) => drawMarks(plot, colour, this.#shown.levels, this.#shown.moments)] },
    };
  }
}
