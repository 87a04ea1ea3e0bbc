/** All that is known of one class: where it looks, since when it changed, how it scores, events to look at. */

import { address } from "./address.js";
import { Curve } from "./curve.js";
import { el, fill, say } from "./dom.js";
import { examples } from "./examples.js";
import { histogram } from "./histogram.js";
import { Triptych } from "./triptych.js";
import { className } from "./words.js";

export class ClassPanel {
  element = el("li", { class: "class-panel" });
  #monitor;
  #details;
  #triptych = new Triptych();
  #curve = new Curve();
  #problem = el("p", { class: "empty" });
  #scores = el("div", { class: "panel-scores" });
  #pictures = el("div", { class: "panel-pictures" });
  #maps = el("div", { class: "panel-maps" }, this.#triptych.element);
  #answer = null;

  #find;

  constructor(monitor, details, find) {
    this.#monitor = monitor;
    this.#find = find;
    this.#details = details;
    this.element.append(this.#problem, this.#maps, el("div", { class: "panel-curve" }, this.#curve.element), this.#scores, this.#pictures);
  }

  async show(row) {
    const { from, to } = address.choice;
    try {
      const answer = await this.#details.get(row.model, row.classIndex, from, to);
      this.#problem.hidden = true;
      if (answer === this.#answer) {
        return;
      }
      this.#answer = answer;
      this.#fill(answer, row);
    } catch (problem) {
      this.#problem.hidden = false;
      say(this.#problem, "What is known of " + className(row.classIndex, row.label) + " can't be shown: " + problem.message);
    }
  }

  #fill(answer, row) {
    this.#maps.hidden = !answer.now;
    if (answer.now) {
      this.#triptych.show(answer.now, answer.reference ?? null);
    }
    const openings = (this.#monitor.state.alerts ?? [])
      .filter((alert) => alert.model === row.model && alert.classIndex === row.classIndex && alert.state !== "closed")
      .slice(0, 2).map((alert) => ({ time: alert.openedAt, name: "alert" }));
    const points = answer.curve ?? [];
    const hasCurve = points.filter((point) => Number.isFinite(point.logEvidence)).length > 1;
    this.#curve.element.parentElement.hidden = !hasCurve;
    if (hasCurve) {
      this.#curve.show(points, row.logThreshold ?? null, openings);
    }
    fill(this.#scores, answer.scores?.now?.length > 0 ? histogram(answer.scores) : null);
    fill(this.#pictures, answer.examples?.length > 0 ? [el("h3", { class: "small", text: "Look at some" }), examples(answer.examples, this.#find)] : null);
  }
}
