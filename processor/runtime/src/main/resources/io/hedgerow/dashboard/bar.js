/** The page's head: which model, a search, whether it is live, and how the reader wants it. */

import { address } from "./address.js";
import { el, fill, icon, say } from "./dom.js";
import { ICONS } from "./icons.js";
import { reader } from "./reader.js";
import { clock, duration, number, plain } from "./words.js";

const THEMES = { auto: "light", light: "dark", dark: "auto" };

export class Bar {
  search = el("input", { type: "search", placeholder: "Class, event id, or partition/offset", "aria-label": "Search classes and events", "aria-keyshortcuts": "/", spellcheck: "false" });
  #monitor;
  #models = el("select", { "aria-label": "Model" });
  #live = el("button", { type: "button", class: "live", "aria-keyshortcuts": "p" });
  #opacity = el("input", { type: "range", min: "0", max: "100", step: "5", "aria-label": "Opacity of all maps" });
  #chips = el("div", { class: "chips" });
  #theme = el("button", { type: "button", class: "quiet" });

  constructor(monitor, element, showHelp) {
    this.#monitor = monitor;
    element.append(
      el("a", { class: "brand", href: "#", title: "Overview" }, el("span", { class: "brand-mark", "aria-hidden": "true" }, Array.from({ length: 9 }, () => el("i"))), el("b", { text: "Hedgerow" })),
      this.#models, this.search, this.#chips, el("span", { class: "spring" }),
      el("label", { class: "opacity", title: "[ and ]" }, el("span", { text: "Map" }), this.#opacity),
      this.#live, this.#theme,
      el("button", { type: "button", class: "quiet", "aria-keyshortcuts": "?", title: "Keys", click: showHelp }, el("span", { "aria-hidden": "true", text: "?" }), el("span", { class: "unseen", text: "Keys" })));
    this.#models.addEventListener("change", () => address.choose({ model: this.#models.value || null, class: null }));
    this.#live.addEventListener("click", () => (monitor.isLive && !address.hasSpan ? monitor.stop() : this.goLive()));
    this.#opacity.addEventListener("input", () => reader.set("opacity", this.#opacity.value / 100));
    this.#theme.addEventListener("click", () => reader.set("theme", THEMES[reader.get("theme")] ?? "auto"));
    reader.on(["opacity", "theme"], () => this.#prefer());
    this.#prefer();
  }

  goLive() {
    address.choose({ from: null, to: null });
    this.#monitor.resume();
  }

  show() {
    const { models = [] } = this.#monitor.state;
    this.#models.hidden = models.length < 2;
    const options = ["", ...models.map((model) => model.key)];
    if (options.join("\n") !== [...this.#models.options].map((option) => option.value).join("\n")) {
      fill(this.#models, el("option", { value: "", text: "all models" }), models.map((model) =>
        el("option", { value: model.key, text: plain(model.name, 40) + (model.version ? " " + plain(model.version, 20) : "") })));
    }
    this.#models.value = address.choice.model ?? "";
    this.showLive();
    const { class: classIndex, from, to } = address.choice;
    const row = classIndex === undefined ? null : this.#monitor.state.classes?.find((each) => each.classIndex === classIndex);
    fill(this.#chips,
      classIndex === undefined ? null : chip(row?.label ? plain(row.label, 30) : classIndex === -1 ? "all classes" : "class " + classIndex, { class: null }),
      address.hasSpan ? chip(clock(from) + "–" + clock(to), { from: null, to: null }) : null);
  }

  showLive() {
    const { isLive, isLost, error, newer, stoppedAt } = this.#monitor;
    const [kind, sign, words] = isLost || error ? ["lost", "warning", "not connected, trying again"]
      : address.hasSpan ? ["past", "play", "past · back to live"]
        : isLive ? ["on", "pause", "live"]
          : ["off", "play", "stopped " + clock(stoppedAt) + (newer > 0 ? " · " + number(newer) + " newer" : "") + " · resume"];
    if (this.#live.dataset.kind !== kind) {
      this.#live.dataset.kind = kind;
      fill(this.#live, icon(ICONS[sign]), el("span"), el("kbd", { text: "p" }));
      this.#live.setAttribute("aria-pressed", String(kind === "on"));
    }
    say(this.#live.children[1], words);
  }

  #prefer() {
    const theme = reader.get("theme");
    document.documentElement.dataset.theme = reader.isDark ? "dark" : "light";
    document.documentElement.style.setProperty("--opacity", reader.get("opacity"));
    this.#opacity.value = String(Math.round(reader.get("opacity") * 100));
    fill(this.#theme, icon(ICONS.theme), el("span", { class: "unseen", text: "Colours: " }), el("span", { class: "theme-word", text: theme }));
    this.#theme.title = "Colours: " + theme + ", then " + THEMES[theme];
  }
}

function chip(words, changes) {
  return el("button", { type: "button", class: "chip", title: "Take this out of what is shown", click: () => address.choose(changes) },
    el("span", { text: words }), icon(ICONS.close));
}
