/** The evidence for a change over time, in powers of ten, with the limit at which alerts open. */

import { axes, Chart } from "./chart.js";
import { clock, evidence } from "./words.js";

export class Curve {
  #marks = [];
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
   * @param marks {time, name} to mark
   */
  show(points, limit, marks = []) {
    const known = points.filter((point) => Number.isFinite(point.logEvidence));
    this.#limit = limit;
    this.#marks = marks.filter((mark) => mark.time !== null && mark.time !== undefined);
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
      hooks: { draw: [(plot) => this.#draw(plot, colour)] },
    };
  }

  #draw(plot, colour) {
    const context = plot.ctx;
    const ratio = devicePixelRatio;
    const { left, top, width, height } = plot.bbox;
    context.save();
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    context.font = 11 * ratio + "px system-ui, sans-serif";
    if (this.#limit !== null && this.#limit !== undefined) {
      context.fillStyle = colour("quiet");
      context.fillText("an alert opens at " + evidence(this.#limit), left + 6 * ratio, plot.valToPos(this.#limit, "y", true) - 5 * ratio);
    }
    let free = top + 11 * ratio;
    for (const mark of this.#marks) {
      const x = plot.valToPos(mark.time / 1000, "x", true);
      if (x < left || x > left + width) {
        continue;
      }
      context.strokeStyle = colour("quiet");
      context.lineWidth = ratio;
      context.setLineDash(mark.isSoft ? [2 * ratio, 3 * ratio] : []);
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, top + height);
      context.stroke();
      const words = mark.name + " " + clock(mark.time);
      const long = context.measureText(words).width + 6 * ratio;
      context.fillStyle = colour("text");
      context.fillText(words, x + long > left + width ? x - long : x + 5 * ratio, free);
      free += 14 * ratio;
    }
    context.restore();
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
