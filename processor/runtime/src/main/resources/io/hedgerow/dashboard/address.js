/** What is looked at, as it stands in the address: a link to the page is a link to that. */

const NUMBERS = ["class", "from", "to", "time"];
const TEXTS = ["model", "alert", "event", "id"];

class Address extends EventTarget {
  #choice = {};

  constructor() {
    super();
    addEventListener("hashchange", () => this.#read());
    addEventListener("popstate", () => this.#read());
    this.#choice = parse(location.hash);
  }

  get choice() {
    return this.#choice;
  }

  /** Whether a span of time is chosen. */
  get hasSpan() {
    return this.#choice.from !== undefined && this.#choice.to !== undefined;
  }

  /** Changes some of the choice; null takes something out. Events get an entry of their own in the browser's history. */
  choose(changes) {
    const next = { ...this.#choice };
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === undefined) {
        delete next[name];
      } else {
        next[name] = value;
      }
    }
    const hash = this.link(next);
    if (hash === this.link(this.#choice)) {
      return;
    }
    const isStep = next.event !== this.#choice.event && this.#choice.id === undefined;
    history[isStep ? "pushState" : "replaceState"](null, "", hash);
    this.#choice = next;
    this.dispatchEvent(new Event("change"));
  }

  link(choice = this.#choice) {
    const parts = [...TEXTS, ...NUMBERS]
      .filter((name) => choice[name] !== undefined)
      .map((name) => name + "=" + encodeURIComponent(choice[name]).replaceAll("%2F", "/").replaceAll("%40", "@"));
    return "#" + parts.join("&");
  }

  #read() {
    const next = parse(location.hash);
    if (this.link(next) !== this.link(this.#choice)) {
      this.#choice = next;
      this.dispatchEvent(new Event("change"));
    }
  }
}

function parse(hash) {
  const choice = {};
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, "").replaceAll("+", "%2B"))) {
    if (NUMBERS.includes(name) && /^-?\d{1,16}$/.test(value)) {
      choice[name] = Number(value);
    } else if (TEXTS.includes(name) && value.length <= 1_000) {
      choice[name] = value;
    }
  }
  if (choice.event !== undefined && !/^\d{1,10}\/\d{1,19}$/.test(choice.event)) {
    delete choice.event;
  }
  if (!(choice.from < choice.to)) {
    delete choice.from;
    delete choice.to;
  }
  return choice;
}

export const address = new Address();
