/** How the machine does, and what became of everything that came in: parts of one bar that always sum to the whole. */

import { address } from "./address.js";
import { el, say } from "./dom.js";
import { clock, number, percent } from "./words.js";

const PARTS = [
  ["explained", "explained", "an explanation was written"],
  ["sampledOut", "sampled out", "left out by sampling"],
  ["shed", "shed", "left out to keep up"],
  ["failed", "failed", "a dead letter says why"],
  ["expired", "expired", "gone before it was read"],
  ["pending", "under way", "read, not done yet"],
];

export class Machine {
  element = el("section", { class: "machine", "aria-labelledby": "machine-title" });
  #monitor;
  #figures = new Map();
  #account = el("div", { class: "account-bar", "aria-hidden": "true" });
  #parts = new Map();
  #note = el("p", { class: "note" });
  #sum = el("p", { class: "account-sum" });
  #server;
  /** The account of the time chosen; null while that is now. */
  #past = null;

  constructor(monitor, server) {
    this.#monitor = monitor;
    this.#server = server;
    const figures = el("dl", { class: "figures" }, [
      ["eventsPerSecond", "explained a second"], ["batch", "a batch"], ["deviceBusy", "device busy"],
      ["lag", "not read yet"], ["queue", "in the queue"], ["instances", "instances"],
    ].map(([name, words]) => {
      const value = el("dd");
      this.#figures.set(name, value);
      return el("div", {}, el("dt", { text: words }), value);
    }));
    const legend = el("dl", { class: "account-legend" }, [...PARTS, ["rest", "not accounted for", "the parts don't sum up: please report it"]].map(([name, words, meaning]) => {
      const segment = el("i", { class: name });
      const value = el("dd");
      const item = el("div", { class: name, title: meaning }, el("dt", { text: words }), value);
      this.#parts.set(name, { segment, value, item });
      this.#account.append(segment);
      return item;
    }));
    this.element.append(
      el("div", { class: "section-head" }, el("h2", { id: "machine-title", text: "Machine" }), this.#note),
      el("div", { class: "machine-body" }, figures, el("div", { class: "account" }, this.#sum, this.#account, legend)));
  }

  /** The account follows the time chosen, as far as it is remembered. */
  async spanChanged() {
    const { from, to } = address.choice;
    this.#past = null;
    if (address.hasSpan) {
      try {
        const { account } = await this.#server.account(from, to);
        if (address.choice.from === from && address.choice.to === to) {
          this.#past = account ?? null;
        }
      } catch {
        // Then it is that of now, and says so.
      }
    }
    this.show();
  }

  show() {
    const machine = this.#monitor.state.machine ?? {};
    for (const [name, value] of this.#figures) {
      const figure = machine[name];
      value.parentElement.hidden = figure === null || figure === undefined;
      say(value, name === "deviceBusy" ? percent(figure)
        : number(figure, name === "eventsPerSecond" && figure < 100 ? 1 : name === "batch" && figure % 1 !== 0 ? 1 : 0));
    }
    const account = this.#past ?? machine.account ?? {};
    say(this.#note, (account.whole === false ? "this process alone" : "all instances") + ", figures of now, account "
      + (this.#past !== null ? "of the time chosen" : "since " + (account.since ? clock(account.since, this.#monitor.now) : "the start")));
    const counted = PARTS.reduce((sum, [name]) => sum + (account[name] ?? 0), 0);
    const total = Math.max(account.total ?? 0, counted);
    const counts = { ...account, rest: total - counted };
    say(this.#sum, total === 0 ? "Nothing has come in yet." : number(total) + " events came in");
    for (const [name, { segment, value, item }] of this.#parts) {
      const count = counts[name] ?? 0;
      // What is there is seen, be it one of a million.
      segment.style.flexGrow = total > 0 ? Math.max(count > 0 ? 0.004 : 0, count / total) : 0;
      segment.hidden = count === 0;
      item.hidden = count === 0 && (name === "rest" || name === "expired");
      say(value, number(count) + (total > 0 && count > 0 ? " · " + percent(count / total) : ""));
    }
  }
}
