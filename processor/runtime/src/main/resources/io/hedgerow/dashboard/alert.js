/** One alert: claim, evidence, doubt, next step. */

import { claim, closedWords, doubts, kindWords, statisticWords, subject } from "./alert-words.js";
import { bullet } from "./bullet.js";
import { Curve } from "./curve.js";
import { el, fill, icon, say } from "./dom.js";
import { examples } from "./examples.js";
import { ICONS } from "./icons.js";
import { NextStep } from "./next-step.js";
import { Triptych } from "./triptych.js";
import { Trend } from "./trend.js";
import { duration, moment } from "./words.js";

export class AlertCard {
  element;
  #details;
  #monitor;
  #revision = null;
  #triptych = new Triptych();
  #curve = new Curve();
  #trend = new Trend();
  #overTime = el("div", { class: "alert-curve" });
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
      this.#overTime,
      this.#doubt,
      this.#next.element);
    this.element = el("details", { class: "alert" }, this.#head, body);
    this.element.addEventListener("toggle", () => this.element.open && this.draw());
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
      this.draw();
    }
  }

  /** How it came about: the evidence of maps that changed, the share of what is counted. */
  async #time(alert) {
    const revision = this.#revision;
    const moments = [{ time: alert.since, name: "changed", isSoft: true }, { time: alert.openedAt, name: "opened" }];
    let chart = null;
    if (alert.kind === "drift") {
      const points = withOpening(alert);
      chart = points.length > 1 ? this.#curve : null;
      this.#curve.show(points, alert.logThreshold, moments);
    } else if (alert.kind === "class_share" || alert.kind === "disagreement") {
      const [own, all] = await Promise.all([alert.classIndex, -1].map((classIndex) =>
        this.#details.get(alert.model, classIndex).catch(() => null)));
      const points = shares(alert, own, all);
      chart = points.length > 1 ? this.#trend : null;
      this.#trend.show(points, alert.expected, alert.limit, moments);
    }
    if (this.#revision === revision) {
      this.#overTime.hidden = chart === null;
      fill(this.#overTime, chart?.element);
    }
  }

  /**
   * Drawn when it is opened: closed cards cost nothing.
   *
   * @param atOnce whether what the alert itself has is shown before anything is asked for, since paper doesn't wait
   */
  async draw(atOnce = false) {
    const alert = this.alert;
    // The same alert may come again while something is fetched for it.
    const revision = this.#revision;
    fill(this.#figure, bullet(statisticWords(alert), alert.value, alert.expected, alert.limit));
    fill(this.#pictures, alert.examples?.length > 0
      ? [el("h3", { class: "small", text: "Look at some" }), examples(alert.examples)] : null);
    this.#time(alert);
    const isShortcut = alert.kind === "shortcut";
    let now = alert.meanMap ? { grid: alert.meanMap, n: alert.group?.maps ?? alert.events } : null;
    let reference = alert.referenceMap && !isShortcut ? { grid: alert.referenceMap, n: alert.referenceEvents } : null;
    if (atOnce && now !== null) {
      fill(this.#maps, this.#triptych.show(now, reference, alert.group, isShortcut ? ["these", "all maps"] : undefined));
    }
    if (now === null || reference === null) {
      try {
        const detail = await this.#details.get(alert.model, alert.classIndex);
        now ??= detail.now ?? null;
        // A group of maps is compared with all maps of its class.
        reference ??= (isShortcut ? detail.now : detail.reference) ?? null;
      } catch {
        // What the alert itself has is shown all the same.
      }
    }
    if (this.#revision === revision) {
      const names = isShortcut ? ["these", "all maps"] : undefined;
      fill(this.#maps, now ? this.#triptych.show(now, reference, alert.group, names) : null);
      this.#maps.hidden = now === null;
    }
  }
}

/** Shares of windows that an alert speaks of, from what is known of its class and of all classes. */
function shares(alert, own, all) {
  if (alert.kind === "disagreement") {
    return (own?.curve ?? []).map(({ time, agreement }) => ({ time, share: Number.isFinite(agreement) ? 1 - agreement : null }));
  }
  const totals = new Map((all?.curve ?? []).map(({ time, explained }) => [time, explained]));
  return [...totals].map(([time, total]) => ({
    time, share: total > 0 ? (own?.curve?.find((point) => point.time === time)?.explained ?? 0) / total : null,
  }));
}

/** A detector starts anew once it has raised an alert: its windows don't have the evidence that did, the alert does. */
function withOpening({ curve = [], logEvidence, windowStart }) {
  return Number.isFinite(logEvidence) && Number.isFinite(windowStart) && curve.every((point) => !(point.logEvidence >= logEvidence))
    ? [...curve.filter((point) => point.time !== windowStart), { time: windowStart, logEvidence }].sort((a, b) => a.time - b.time)
    : curve;
}
