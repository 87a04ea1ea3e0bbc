/** What the page asks of the server. */

const PATIENCE = 20_000;
const LONG = 60_000;

/** What the server said was wrong, in its own words. */
export class Refusal extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export class Server {
  #csrf = null;

  async state() {
    const state = await this.get("api/state");
    this.#csrf = state.csrf ?? null;
    return state;
  }

  profiles(model, from, to) {
    return this.get("api/profiles", { model, from, to });
  }

  rows(model, from, to) {
    return this.get("api/classes", { model, from, to });
  }

  classDetail(model, classIndex, from, to) {
    return this.get("api/classes", { model, class: classIndex, from, to });
  }

  async event(partition, offset) {
    const event = await this.get("api/events/" + partition + "/" + offset);
    event.classes = (event.classes ?? []).map((explained) => ({ ...explained, grid: placed(explained.grid) }));
    return event;
  }

  audit(partition, offset) {
    return this.get("api/events/" + partition + "/" + offset + "/audit");
  }

  proof(partition, offset) {
    return this.get("api/events/" + partition + "/" + offset + "/proof");
  }

  /** Where an event of about that time is. */
  find(id, time) {
    return this.get("api/find", { id, time });
  }

  answer(alert, verdict, note) {
    return this.post("api/alerts/" + encodeURIComponent(alert) + "/verdict", { verdict, note });
  }

  /** Has what comes from now on learned as a model's reference, or as that of one of its classes. */
  accept(model, classIndex) {
    return this.post("api/references", { model, class: classIndex, accept: true });
  }

  /** Has what was explained in a span of time learned as a model's references. */
  learn(model, from, to) {
    return this.post("api/references", { model, from, to }, LONG);
  }

  /** Some events of a span of time, newest first. */
  feed(model, classIndex, from, to) {
    return this.get("api/feed", { model, class: classIndex, from, to });
  }

  /** What became of the events of a span of time. */
  account(from, to) {
    return this.get("api/account", { from, to });
  }

  async get(path, query = {}) {
    const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    return this.#ask(asked.length > 0 ? path + "?" + new URLSearchParams(asked) : path, { method: "GET" });
  }

  async post(path, body, patience) {
    return this.#ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": this.#csrf ?? "" },
      body: JSON.stringify(body),
    }, patience);
  }

  async #ask(path, request, patience = PATIENCE) {
    let response;
    try {
      response = await fetch(path, { ...request, credentials: "same-origin", signal: AbortSignal.timeout(patience) });
    } catch {
      throw new Refusal("the server doesn't answer; it is asked again when it is back", 0);
    }
    const answer = await response.json().catch(() => ({}));
    if (response.status === 401) {
      location.reload(); // the server's own page asks for the token
    }
    if (!response.ok) {
      throw new Refusal(answer.error ?? "the server answers " + response.status, response.status);
    }
    return answer;
  }
}

/** A grid of steps as one of relevance. */
function placed(grid) {
  return grid?.scale === undefined ? grid : { ...grid, values: grid.values.map((step) => step * grid.scale) };
}
