/** Pictures of events, each with its evidence drawn over it and a way to its page. */

import { el, image } from "./dom.js";
import { address } from "./address.js";
import { foreign } from "./words.js";

const MOST = 5;
/** Longer ids than these have no room in an address. */
const LONGEST = 500;

/**
 * Some events.
 *
 * @param find says where an event is, for those that have no picture of their own
 */
export function examples(list, find = null) {
  return el("ol", { class: "examples" }, list.slice(0, MOST).map((example) => {
    const picture = example.thumbnail ? image(example.thumbnail) : missing();
    const isNameable = example.eventId.length <= LONGEST;
    if (!example.thumbnail && find !== null && isNameable) {
      find(example.eventId, example.time).then(
        ({ partition, offset }) => picture.replaceWith(image("api/events/" + partition + "/" + offset + "/overlay")),
        () => {}); // it is gone from the topic: there is no picture
    }
    const name = foreign(example.eventId, 28);
    return el("li", {}, isNameable
      ? el("a", { href: address.link({ id: example.eventId, time: example.time ?? undefined }) }, picture, name)
      : el("span", {}, picture, name));
  }));
}

function missing() {
  return el("span", { class: "missing", text: "no picture" });
}
