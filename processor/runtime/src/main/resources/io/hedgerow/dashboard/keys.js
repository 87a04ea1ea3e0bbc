/** The keyboard: everything that a hand on the mouse can do. */

import { el } from "./dom.js";

const KEYS = [
  ["/", "search classes and events"],
  ["j k", "next and previous row; on an event's page the event after and before"],
  ["Enter", "open the row"],
  ["Esc", "close, one thing after the other"],
  ["p", "stop the page to read, or go back to live"],
  ["[ ]", "maps less and more opaque"],
  ["← →", "with the time chosen by Tab: move the span, with Shift its end"],
  ["?", "these keys"],
];

/**
 * Listens for keys.
 *
 * @param actions a function for each of search, step, close, pause and opacity
 */
export function keyboard(actions) {
  const help = el("dialog", { class: "help", "aria-labelledby": "help-title" },
    el("h2", { id: "help-title", text: "Keys" }),
    el("dl", {}, KEYS.map(([keys, words]) => el("div", {}, el("dt", {}, keys.split(" ").map((key) => el("kbd", { text: key }))), el("dd", { text: words })))),
    el("p", { class: "note", text: "What is looked at stands in the address: a link to this page is a link to that. Touching a row stops the page, so that nothing moves under your eyes." }),
    el("button", { type: "button", class: "primary", text: "Close", click: () => help.close() }));
  document.body.append(help);
  const showHelp = () => (help.open ? help.close() : help.showModal());
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) {
      return;
    }
    const isTyping = event.target.closest?.("input:not([type=range]), select, textarea") !== null && event.target.closest !== undefined;
    if (event.key === "Escape") {
      // The browser closes the dialog itself.
      if (!help.open) {
        actions.close(event);
      }
      return;
    }
    if (isTyping || help.open && event.key !== "?") {
      return;
    }
    const action = {
      "/": actions.search, j: () => actions.step(1), k: () => actions.step(-1), p: actions.pause,
      "[": () => actions.opacity(-0.1), "]": () => actions.opacity(0.1), "?": showHelp,
    }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  return showHelp;
}
