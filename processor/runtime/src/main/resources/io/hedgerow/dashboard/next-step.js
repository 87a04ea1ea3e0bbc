/** What can be answered to an alert: by a button where this page may write, by a command anywhere. */

import { copyButton, el, fill, say } from "./dom.js";

const ANSWERS = [
  ["shortcut", "Shortcut", "The model should not look there. Its share stays watched."],
  ["legitimate", "Legitimate", "It may look there. Nobody is asked again."],
  ["newNormal", "New normal", "What comes from now on is learned as the reference."],
];

export class NextStep {
  element = el("section", { class: "next" });
  #server;
  #alert = null;
  #chosen = null;
  #note = el("input", { type: "text", maxlength: "500", placeholder: "Why, for those who ask later", "aria-label": "Note to the answer" });
  #command = el("code", { tabindex: "0" });
  #meaning = el("p", { class: "meaning" });
  #send = el("button", { type: "button", class: "primary", click: () => this.#answer() });
  #said = el("p", { class: "said", role: "status" });
  #buttons = new Map();

  constructor(server) {
    this.#server = server;
    for (const [name, label] of ANSWERS) {
      this.#buttons.set(name, el("button", {
        type: "button", text: label, "aria-pressed": "false", click: () => this.#choose(name),
      }));
    }
  }

  show(alert, canWrite) {
    this.#alert = alert;
    if (this.element.childElementCount === 0 || this.element.dataset.write !== String(canWrite)) {
      this.element.dataset.write = String(canWrite);
      fill(this.element, el("h3", { class: "small", text: "Next step" }),
        el("div", { class: "choices", role: "group", "aria-label": "Answer" }, [...this.#buttons.values()]), this.#meaning,
        canWrite ? el("div", { class: "answer" }, this.#note, this.#send)
          : el("p", { class: "meaning", text: "This page may only read: answer with the command." }),
        el("div", { class: "command" }, this.#command, copyButton(() => this.#command.textContent)), this.#said);
      this.#choose(alert.kind === "shortcut" ? "shortcut" : "legitimate");
    } else {
      this.#choose(this.#chosen);
    }
    if (alert.verdict) {
      say(this.#said, "Answered: " + alert.verdict + ".");
    }
  }

  #choose(name) {
    this.#chosen = name;
    for (const [each, button] of this.#buttons) {
      button.setAttribute("aria-pressed", String(each === name));
      button.disabled = !this.#alert.commands?.[each];
    }
    const [, label, meaning] = ANSWERS.find(([each]) => each === name);
    say(this.#meaning, meaning);
    say(this.#send, "Answer: " + label.toLowerCase());
    say(this.#command, this.#alert.commands?.[name] ?? "");
  }

  async #answer() {
    this.#send.disabled = true;
    try {
      if (this.#chosen === "newNormal") {
        const { model, classIndex } = this.#alert;
        await this.#server.accept(model, classIndex < 0 ? undefined : classIndex);
      } else {
        await this.#server.answer(this.#alert.id, this.#chosen, this.#note.value);
      }
      say(this.#said, "Sent. The alert closes with one of the next windows.");
    } catch (problem) {
      say(this.#said, "Not sent: " + problem.message);
    }
    this.#send.disabled = false;
  }
}
