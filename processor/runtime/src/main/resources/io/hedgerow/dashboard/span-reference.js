/** The time chosen as what is well: the reference that monitoring compares with from then on. */

import { address } from "./address.js";
import { copyButton, el, say } from "./dom.js";
import { number, plain } from "./words.js";

/** What a shell takes between single quotes, and nobody stumbles over. */
const NAMEABLE = /^[^\p{Cc}\p{Cf}'!\\]{1,100}$/u;

export class SpanReference {
  element = el("details", { class: "span-reference" }, el("summary", { text: "Make this time the reference" }));
  #monitor;
  #server;
  #meaning = el("p", { class: "meaning" });
  #command = el("code", { tabindex: "0" });
  #send = el("button", { type: "button", class: "primary", text: "Learn it from this time", click: () => this.#learn() });
  #said = el("p", { class: "said", role: "status" });
  #shown = "";

  constructor(monitor, server) {
    this.#monitor = monitor;
    this.#server = server;
    this.element.append(el("div", { class: "span-body" }, this.#meaning, this.#send,
      el("div", { class: "command" }, this.#command, copyButton(() => this.#command.textContent)), this.#said));
  }

  show() {
    const model = this.#model();
    this.element.hidden = !address.hasSpan || model === null || this.#monitor.state.monitor !== "on";
    if (this.element.hidden) {
      this.element.open = false;
      return;
    }
    const { from, to } = address.choice;
    this.#send.hidden = !this.#monitor.state.write;
    const shown = [model.key, from, to].join(" ");
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    say(this.#said, "");
    say(this.#meaning, "What " + plain(model.name, 60) + " looked at in this time is taken for what is well: everything is compared with it from the next window on."
      + (this.#monitor.state.write ? "" : " This page may only read: run the command."));
    say(this.#command, "hedgerow monitor reference --config hedgerow.yaml --from " + iso(from) + " --to " + iso(to)
      + (NAMEABLE.test(model.name) ? " --model '" + model.name + "'" : ""));
  }

  /** The one that is chosen, or the only one. */
  #model() {
    const { models = [] } = this.#monitor.state;
    const { model } = address.choice;
    return models.find(({ key }) => key === model) ?? (model === undefined && models.length > 0 ? models[0] : null);
  }

  async #learn() {
    const { from, to } = address.choice;
    this.#send.disabled = true;
    say(this.#said, "Reading what was explained in this time …");
    try {
      const { written } = await this.#server.learn(this.#model().key, from, to);
      say(this.#said, written === 1 ? "The reference was replaced." : number(written) + " references were replaced: of all classes together, and of single ones.");
    } catch (problem) {
      say(this.#said, "Not replaced: " + problem.message);
    }
    this.#send.disabled = false;
  }
}

/** To the millisecond that was chosen. */
function iso(time) {
  return new Date(time).toISOString();
}
