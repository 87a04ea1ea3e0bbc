/** The evidence for a change over time, in powers of ten, with the limit at which alerts open. */

import { axes, Chart } from "./chart.js";
import { drawMarks } from "./marks.js";
import { evidence } from "./words.js";

export class Curve {
  #moments = [];
  #limit = null;
  #chart = new Chart("Evidence for a change", 132, (colour) => this.#options(colour), [
    ["evidence", evidence], ["limit", evidence],
  ]);

  get element() {
    return this.#chart.element;
  }

  /**
   * @param points {time, logEvidence, limit}, in order of time
   * @param limit at which alerts open, where points don't say it; null if there is none
   * @param moments {time, name, isSoft} to mark
   */
  show(points, limit, moments = []) {
    const known = points.filter((point) => Number.isFinite(point.logEvidence));
    this.#limit = limit;
    this.#moments = moments;
    this.#chart.show([
      known.map((point) => point.time / 1000),
      known.map((point) => point.logEvidence),
      known.map((point) => point.limit ?? limit),
    ]);
  }

  #options(colour) {
    const warm = colour("warm");
    return {
      cursor: { y: false, points: { size: 6 } },
      scales: { y: { range: (_, low, high) => [Math.min(-2, low ?? 0), Math.max((this.#limit ?? 5) * 1.25, (high ?? 1) * 1.08)] } },
      axes: axes(colour, (_, at) => at.map((value) => evidence(value))).map((axis, i) =>
        i === 0 ? axis : { ...axis, splits: (plot) => powers(plot.scales.y.min, plot.scales.y.max) }),
      series: [
        {},
        { stroke: warm, width: 1.75, points: { show: false } },
        { stroke: colour("text"), width: 1, dash: [4, 3], points: { show: false } },
      ],
      hooks: { draw: [(plot) => drawMarks(plot, colour, this.#levels(), this.#moments)] },
    };
  }

  #levels() {
    return Number.isFinite(this.#limit) ? [{ value: this.#limit, words: "an alert opens at " + evidence(this.#limit) }] : [];
  }
}

function powers(low, high) {
  const step = Math.max(1, Math.ceil((high - low) / Math.LN10 / 4));
  const first = Math.ceil(low / Math.LN10 / step) * step;
  const splits = [];
  for (let power = first; power * Math.LN10 <= high; power += step) {
    splits.push(power * Math.LN10);
  }
  return splits;
}
