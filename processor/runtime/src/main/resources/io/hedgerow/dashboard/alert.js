/** One alert: claim, evidence, doubt, next step. */

import { claim, closedWords, doubts, kindWords, statisticWords, subject } from "./alert-words.js";
import { bullet } from "./bullet.js";
import { Curve } from "./curve.js";
import { el, fill, icon, say } from "./dom.js";
import { examples } from "./examples.js";
import { ICONS } from "./icons.js";
import { NextStep } from "./next-step.js";
import { Triptych } from "./triptych.js";
import { duration, moment } from "./words.js";

export class AlertCard {
  element;
  #details;
  #monitor;
  #revision = null;
  #triptych = new Triptych();
  #curve = new Curve();
  #next;
  #head = el("summary", { class: "alert-head", data: { row: "" } });
  #figure = el("div", { class: "alert-figure" });
  #maps = el("div", { class: "alert-maps" });
  #pictures = el("div", { class: "alert-pictures" });
  #doubt = el("section", { class: "doubt" });
  #since = el("span", { class: "since" });

  constructor(monitor, server, details) {
    this.#monitor = monitor;
    this.#details = details;
    this.#next = new NextStep(server);
    const body = el("div", { class: "alert-body" },
      el("div", { class: "alert-evidence" }, this.#maps, this.#figure),
      this.#pictures,
      el("div", { class: "alert-curve" }, this.#curve.element),
      this.#doubt,
      this.#next.element);
    this.element = el("details", { class: "alert" }, this.#head, body);
    this.element.addEventListener("toggle", () => this.element.open && this.#evidence());
  }

  show(alert) {
    const model = this.#monitor.model(alert.model);
    this.alert = alert;
    const length = (alert.state === "closed" ? alert.windowEnd : this.#monitor.now) - alert.since;
    say(this.#since, "for " + duration(length));
    const isNew = this.#revision !== alert.id + "/" + alert.revision + "/" + alert.state + "/" + alert.verdict;
    if (!isNew) {
      return;
    }
    this.#revision = alert.id + "/" + alert.revision + "/" + alert.state + "/" + alert.verdict;
    const level = alert.state === "closed" ? "ok" : String(alert.severity);
    this.element.className = "alert " + level + (alert.state === "closed" ? " closed" : "");
    fill(this.#head,
      icon(ICONS[level] ?? ICONS.info, "icon level"),
      el("span", { class: "alert-title" },
        el("h3", { class: "alert-claim", text: claim(alert) }),
        el("span", { class: "alert-meta" },
          el("b", { text: alert.state === "closed" ? "closed" : level }),
          el("span", { text: kindWords(alert) }),
          el("span", { text: subject(alert, model) }),
          alert.state === "closed" ? el("span", { text: closedWords(alert) }) : el("span", {}, "since ", moment(alert.since, this.#monitor.now)))),
      this.#since);
    fill(this.#doubt, el("h3", { class: "small", text: "Doubt" }), el("dl", {}, doubts(alert, model, this.#monitor.now)
      .map(([name, words]) => el("div", {}, el("dt", { text: name }), el("dd", { text: words })))));
    this.#next.element.hidden = alert.state === "closed" && !alert.verdict;
    this.#next.show(alert, this.#monitor.state.write);
    if (this.element.open) {
      this.#evidence();
    }
  }

  /** Drawn when it is opened: closed cards cost nothing. */
  async #evidence() {
    const alert = this.alert;
    fill(this.#figure, bullet(statisticWords(alert), alert.value, alert.expected, alert.limit));
    fill(this.#pictures, alert.examples?.length > 0
      ? [el("h3", { class: "small", text: "Look at some" }), examples(alert.examples)] : null);
    const points = withOpening(alert);
    this.#curve.element.parentElement.hidden = points.length === 0;
    if (points.length > 0) {
      this.#curve.show(points, alert.logThreshold, [
        { time: alert.since, name: "changed", isSoft: true }, { time: alert.openedAt, name: "opened" },
      ]);
    }
    let now = alert.meanMap ? { grid: alert.meanMap, n: alert.events } : null;
    let reference = alert.referenceMap ? { grid: alert.referenceMap, n: alert.referenceEvents } : null;
    if (now === null || (reference === null && alert.kind !== "shortcut")) {
      try {
        const detail = await this.#details.get(alert.model, alert.classIndex);
        now ??= detail.now ?? null;
        reference ??= detail.reference ?? null;
      } catch {
        // What the alert itself has is shown all the same.
      }
    }
    if (this.alert === alert) {
      fill(this.#maps, now ? this.#triptych.show(now, reference, alert.group) : null);
      this.#maps.hidden = now === null;
    }
  }
}

/** A detector starts anew once it has raised an alert: its windows don't have the evidence that did, the alert does. */
function withOpening({ curve = [], logEvidence, windowStart }) {
  return Number.isFinite(logEvidence) && Number.isFinite(windowStart)
    ? [...curve.filter((point) => point.time !== windowStart), { time: windowStart, logEvidence }].sort((a, b) => a.time - b.time)
    : curve;
}
