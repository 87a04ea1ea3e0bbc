/** Elements, built one by one: what comes from events only ever becomes text. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. Properties that are functions become listeners ("click"), `class`, `text` and `data` are what they say,
 * others attributes; null and false leave one out.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    set(element, name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (typeof value === "function") {
    element.addEventListener(name, value);
  } else if (name === "text") {
    element.textContent = value;
  } else if (name === "data") {
    Object.assign(element.dataset, value);
  } else if (value === true) {
    element.setAttribute(name, "");
  } else if (value !== null && value !== undefined && value !== false) {
    element.setAttribute(name, value);
  }
}

/** A picture of lines on 16 x 16, beside words that say the same. */
export function icon(path, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Replaces what an element holds, unless it holds just that. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts text into an element if it is another one: what did not change isn't laid out again. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Addresses of the server, relative to the page, so that they hold behind a proxy's path. */
export function local(address) {
  return address.replace(/^\/+/, "");
}

/** A picture of the server's; what is busy is asked once more. */
export function image(address, properties = {}) {
  const picture = el("img", { alt: "", loading: "lazy", decoding: "async", ...properties, src: local(address) });
  picture.addEventListener("error", () => setTimeout(() => {
    picture.addEventListener("error", () => picture.classList.add("gone"), { once: true });
    picture.src = local(address) + "?again";
  }, 1_500), { once: true });
  return picture;
}

/** A button that copies a text, and says that it did. */
export function copyButton(text, label = "Copy") {
  const button = el("button", {
    class: "quiet",
    type: "button",
    text: label,
    click: async () => {
      try {
        await navigator.clipboard.writeText(text());
        button.textContent = "Copied";
      } catch {
        // Without a secure context there is no clipboard: what is selected can be copied by hand.
        const shown = button.parentElement?.querySelector("code, input");
        if (shown) {
          getSelection().selectAllChildren(shown);
        }
        button.textContent = "Selected: copy by hand";
      }
      setTimeout(() => (button.textContent = label), 2000);
    },
  });
  return button;
}
