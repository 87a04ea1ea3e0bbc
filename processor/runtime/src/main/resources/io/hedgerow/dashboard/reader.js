/** What the reader prefers, kept in the browser: opacity of maps, how they are drawn, colours, the public key. */

// Lines at several paths of one proxy have keys of their own.
const NAME = "hedgerow " + new URL(".", location.href).pathname;
const DEFAULTS = { opacity: 0.8, smooth: true, sign: "both", mode: "overlay", theme: "auto", key: "" };

class Reader extends EventTarget {
  #values = { ...DEFAULTS };
  #isPrinted = false;

  constructor() {
    super();
    try {
      Object.assign(this.#values, JSON.parse(localStorage.getItem(NAME) ?? "{}"));
    } catch {
      // Without storage, or with somebody else's text in it, the defaults hold.
    }
    // Paper is light.
    for (const [name, isPrinted] of [["beforeprint", true], ["afterprint", false]]) {
      addEventListener(name, () => {
        this.#isPrinted = isPrinted;
        this.#changed("theme");
      });
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#changed("theme"));
  }

  get(name) {
    return this.#values[name];
  }

  set(name, value) {
    if (this.#values[name] === value) {
      return;
    }
    this.#values[name] = value;
    try {
      localStorage.setItem(NAME, JSON.stringify(this.#values));
    } catch {
      // It holds for as long as the page is open.
    }
    this.#changed(name);
  }

  /** Whether the page is dark, by choice or as the system is. */
  get isDark() {
    const theme = this.#isPrinted ? "light" : this.#values.theme;
    return theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  }

  on(names, listener) {
    this.addEventListener("change", (event) => names.includes(event.detail) && listener());
  }

  #changed(name) {
    this.dispatchEvent(new CustomEvent("change", { detail: name }));
  }
}

export const reader = new Reader();
