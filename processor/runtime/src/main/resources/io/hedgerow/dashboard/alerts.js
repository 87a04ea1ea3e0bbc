/** All alerts: those that are open, worst first, and how many closed in the time that is looked at. */

import { address } from "./address.js";
import { AlertCard } from "./alert.js";
import { el, say } from "./dom.js";
import { number } from "./words.js";

const SEVERITIES = ["critical", "warning", "info"];
const MOST = 20;

export class Alerts {
  element = el("section", { class: "alerts", "aria-labelledby": "alerts-title" });
  #monitor;
  #server;
  #details;
  #cards = new Map();
  #title = el("h2", { id: "alerts-title", text: "Alerts" });
  #note = el("p", { class: "note" });
  #open = el("div", { class: "alert-list" });
  #closed = el("div", { class: "alert-list" });
  #past = el("details", { class: "past" }, el("summary", {}, el("span")), this.#closed);
  #empty = el("p", { class: "empty" });
  #isTouched = false;
  #unfolded = [];
  #isPrinted = false;
  #scrolledTo = null;

  constructor(monitor, server, details) {
    this.#monitor = monitor;
    this.#server = server;
    this.#details = details;
    this.element.append(el("div", { class: "section-head" }, this.#title, this.#note), this.#empty, this.#open, this.#past);
    document.addEventListener("toggle", (event) => this.#toggled(event), true);
    addEventListener("beforeprint", () => this.#unfold());
    addEventListener("afterprint", () => this.#foldAgain());
  }

  /** On paper nothing can be opened: all open alerts are, and those that come meanwhile. */
  #unfold() {
    this.#isPrinted = true;
    for (const element of this.#open.children) {
      if (!element.open) {
        const card = [...this.#cards.values()].find((each) => each.element === element);
        element.dataset.shown = "";
        element.open = true;
        card.draw(true);
        this.#unfolded.push(element);
      }
    }
  }

  #foldAgain() {
    this.#isPrinted = false;
    for (const element of this.#unfolded.splice(0)) {
      delete element.dataset.shown;
      element.open = false;
    }
  }

  show() {
    const { model, from, to } = address.choice;
    const all = (this.#monitor.state.alerts ?? [])
      .filter((alert) => model === undefined || alert.model === model)
      .filter((alert) => !address.hasSpan || (alert.since < to && (alert.state !== "closed" || alert.windowEnd > from)));
    const open = all.filter((alert) => alert.state !== "closed").sort((a, b) => this.#rank(a) - this.#rank(b) || force(b) - force(a) || b.since - a.since);
    const closed = all.filter((alert) => alert.state === "closed").sort((a, b) => b.windowEnd - a.windowEnd);
    say(this.#note, open.length === 0 ? "none open" : open.length === 1 ? "one open" : number(open.length) + " open");
    this.#list(this.#open, open.slice(0, MOST));
    this.#list(this.#closed, closed.slice(0, MOST));
    this.#past.hidden = closed.length === 0;
    say(this.#past.firstElementChild.firstElementChild, number(closed.length) + " closed" + (address.hasSpan ? " in the time chosen" : ""));
    this.#empty.hidden = open.length > 0;
    say(this.#empty, this.#nothing());
    this.#focus(open, closed);
    if (this.#isPrinted) {
      this.#unfold();
    }
  }

  /** Worst first; of those alike the one that the first line speaks of. */
  #rank(alert) {
    const at = SEVERITIES.indexOf(alert.severity);
    const { verdict } = this.#monitor.state;
    const isMeant = verdict?.model === alert.model && verdict?.classIndex === alert.classIndex && verdict?.since === alert.since;
    return 2 * (at < 0 ? SEVERITIES.length : at) + (isMeant ? 0 : 1);
  }

  #list(box, alerts) {
    const wanted = alerts.map((alert) => {
      let card = this.#cards.get(alert.id);
      if (card === undefined) {
        card = new AlertCard(this.#monitor, this.#server, this.#details);
        this.#cards.set(alert.id, card);
      }
      card.show(alert);
      return card.element;
    });
    // Only what moved is moved: an element that is put back where it was would lose the reader's focus.
    if (wanted.length !== box.children.length || wanted.some((element, i) => box.children[i] !== element)) {
      box.replaceChildren(...wanted);
    }
  }

  /** The alert of the address is open; of a page that nobody has touched the worst, as soon as there is one. */
  #focus(open, closed) {
    const chosen = address.choice.alert;
    const isWanted = chosen !== undefined || (!this.#isTouched && !open.some(({ id }) => this.#cards.get(id).element.open));
    const card = isWanted ? this.#cards.get(chosen ?? open[0]?.id) : undefined;
    if (card && card.element.dataset.shown !== (chosen ?? "")) {
      card.element.open = true;
      card.element.dataset.shown = chosen ?? "";
      if (closed.some((alert) => alert.id === chosen)) {
        this.#past.open = true;
      }
      if (chosen !== undefined && this.#scrolledTo === null && !this.#isTouched) {
        card.element.scrollIntoView({ block: "start" });
      }
      this.#scrolledTo = chosen ?? "";
    }
  }

  #toggled(event) {
    for (const [id, card] of this.#cards) {
      if (card.element === event.target) {
        const { shown } = card.element.dataset;
        if (card.element.open && shown === undefined) {
          this.#isTouched = true;
          card.element.dataset.shown = id;
          address.choose({ alert: id });
        } else if (!card.element.open && shown !== undefined) {
          this.#isTouched = true;
          delete card.element.dataset.shown;
          if (address.choice.alert === id) {
            address.choose({ alert: null });
          }
        }
      }
    }
  }

  #nothing() {
    const { monitor, models } = this.#monitor.state;
    if (monitor !== "on") {
      return "Nobody watches for changes while monitoring is off.";
    }
    return models.some((model) => model.reference?.state === "ready")
      ? "Nothing that the monitor watches has changed."
      : "Changes are found once there is a reference to compare with.";
  }
}

/** How far past its threshold the evidence is. */
function force(alert) {
  return Number.isFinite(alert.logEvidence) ? alert.logEvidence / (alert.logThreshold || 1) : 0;
}
