/** Pictures of events, each with its evidence drawn over it and a way to its page. */

import { el, image } from "./dom.js";
import { address } from "./address.js";
import { foreign } from "./words.js";

const MOST = 5;

export function examples(list) {
  return el("ol", { class: "examples" }, list.slice(0, MOST).map((example) => {
    const picture = example.thumbnail
      ? image(example.thumbnail)
      : missing();
    const name = foreign(example.eventId, 28);
    return el("li", {}, 
      el("a", { href: address.link({ id: example.eventId, time: example.time ?? undefined }) }, picture, name));
  }));
}

function missing() {
  return el("span", { class: "missing", text: "no picture" });
}
