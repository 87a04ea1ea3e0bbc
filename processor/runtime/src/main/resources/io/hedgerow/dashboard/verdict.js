/** The first line: whether anything is wrong, in words. Below it, what is missing for an answer and how to get it. */

import { el, fill, icon, say } from "./dom.js";
import { ICONS } from "./icons.js";
import { clock, duration, number, plain } from "./words.js";

export class Verdict {
  element = el("section", { class: "verdict", id: "verdict", role: "status", "aria-live": "polite" });
  #monitor;
  #sign = el("span", { class: "verdict-sign" });
  #sentence = el("h1");
  #when = el("p", { class: "verdict-when" });
  #step = el("div", { class: "verdict-step" });
  #level = null;

  constructor(monitor) {
    this.#monitor = monitor;
    this.element.append(this.#sign, el("div", {}, this.#sentence, this.#when, this.#step));
  }

  show() {
    const { verdict, monitor, monitorReason } = this.#monitor.state;
    const level = ICONS[verdict?.level] ? verdict.level : "unknown";
    if (this.#level !== level) {
      this.#level = level;
      this.element.className = "verdict " + level;
      fill(this.#sign, icon(ICONS[level]));
    }
    say(this.#sentence, plain(verdict?.sentence ?? "Whether anything is wrong is not known.", 240).replace(/(\d) %/g, "$1\u202f%"));
    document.title = { ok: "", learning: "", warning: "▲ ", critical: "● ", unknown: "" }[level] + plain(verdict?.sentence ?? "", 60) + " · Hedgerow";
    const since = verdict?.since;
    say(this.#when, since ? (level === "ok" ? "As it was since " : "Since ") + clock(since, this.#monitor.now)
      + ", for " + duration(this.#monitor.now - since) : "");
    this.#when.hidden = !since;
    const step = this.#nextStep(monitor, monitorReason);
    this.#step.hidden = step === null;
    const words = step?.map((part) => (typeof part === "string" ? part : part.textContent)).join("") ?? "";
    if (this.#step.textContent !== words) {
      fill(this.#step, step ?? []);
    }
  }

  #nextStep(monitor, reason) {
    const models = this.#monitor.state.models ?? [];
    if (monitor !== "on") {
      return reason
        ? [el("span", { text: capital(plain(reason, 300)) + ". Explaining goes on without it." })]
        : [el("span", { text: "Explaining goes on without it. Next step: " }),
          el("code", { text: monitor === "absent" ? "hedgerow monitor --config hedgerow.yaml" : "monitor: {enabled: true}" })];
    }
    if (models.length === 0) {
      return [el("span", { text: "No explanation has come yet. Next step: send prediction events to the input topic, or look at the line that comes with Hedgerow: " }),
        el("code", { text: "hedgerow demo" })];
    }
    const learning = models.filter((model) => model.reference?.state === "learning" || model.reference?.state === "none");
    if (learning.length > 0) {
      const { have, want, readyInSeconds } = learning[0].reference;
      const bar = el("progress", { max: want || 1, value: have ?? 0, "aria-label": "Reference" });
      return [el("span", { text: "Learning " + plain(learning[0].name, 60) + "'s reference: " + number(have) + " of " + number(want) + " explanations"
        + (readyInSeconds ? ", about " + duration(readyInSeconds * 1000) + " to go" : "") + ". Changes are found from then on. " }), bar];
    }
    const stale = models.find((model) => model.reference?.state === "stale");
    if (stale) {
      return [el("span", { text: "The reference of " + plain(stale.name, 60) + " has seen no event for a day. If the line has changed since, learn it anew: " }),
        el("code", { text: "hedgerow monitor reference --accept" })];
    }
    return null;
  }
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, "");
}
