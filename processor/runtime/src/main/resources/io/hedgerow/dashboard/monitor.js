/** What the page knows: the server's snapshot and what came since, and whether the reader has stopped it to read. */

const FEED_KEPT = 500;

export class Monitor extends EventTarget {
  state = null;
  error = null;
  isLost = false;
  /** Events that were left out of the feed with the last message, since they came too fast. */
  dropped = 0;
  /** When the page was stopped, in the reader's clock; null while it is live. */
  stoppedAt = null;
  #server;
  #skew = 0;
  #held = [];
  #newer = 0;
  #changed = new Set();
  #isLoading = false;
  /** What the stream brings while the state is read: some of it is newer. */
  #meanwhile = [];
  #isStale = false;

  constructor(server) {
    super();
    this.#server = server;
  }

  /** The server's time. */
  get now() {
    return Date.now() + this.#skew;
  }

  get isLive() {
    return this.stoppedAt === null;
  }

  /** Events that came since the page was stopped. */
  get newer() {
    return this.#newer;
  }

  /** Reads everything again. */
  async load() {
    if (this.#isLoading) {
      this.#isStale = true;
      return;
    }
    this.#isLoading = true;
    try {
      const state = await this.#server.state();
      this.#skew = state.now - Date.now();
      const seen = this.state?.feed ?? [];
      this.state = state;
      if (seen.length > 0 && !this.isLive) {
        state.feed = seen;
      } else {
        state.feed = merged(state.feed ?? [], seen);
      }
      this.error = null;
      this.isLost = false;
    } catch (problem) {
      this.error = problem.message;
    } finally {
      this.#isLoading = false;
    }
    this.#meanwhile.splice(0).forEach(([kind, data]) => this.take(kind, data));
    this.#tell("all");
    if (this.#isStale) {
      this.#isStale = false;
      await this.load();
    }
  }

  /** Takes what the stream brings. What is wrong is always shown at once; the feed and the ranking wait while the page is stopped. */
  take(kind, data) {
    if (this.#isLoading) {
      this.#meanwhile.push([kind, data]);
      return;
    }
    const state = this.state;
    if (state === null) {
      return;
    }
    if (kind === "feed") {
      this.dropped = data.dropped ?? 0;
      data = data.events ?? data;
    }
    if (!this.isLive && (kind === "feed" || kind === "classes")) {
      this.#newer += kind === "feed" ? data.length : 0;
      if (kind === "classes") {
        this.#held.push(data);
        this.#held = [mergedRows(...this.#held)];
      }
      this.#tell("live");
      return;
    }
    if (kind === "feed") {
      state.feed = merged(data, state.feed);
    } else if (kind === "classes") {
      state.classes = mergedRows(state.classes, data);
    } else if (kind === "alerts") {
      state.alerts = [...data, ...state.alerts.filter((old) => !data.some((alert) => alert.id === old.id))];
    } else {
      state[kind] = data;
    }
    this.#tell(kind);
  }

  lost(isLost) {
    if (this.isLost !== isLost) {
      this.isLost = isLost;
      this.#tell("live");
    }
  }

  stop() {
    if (this.isLive) {
      this.stoppedAt = this.now;
      this.#newer = 0;
      this.#tell("live");
    }
  }

  resume() {
    if (!this.isLive) {
      this.stoppedAt = null;
      this.#newer = 0;
      for (const rows of this.#held) {
        this.state.classes = mergedRows(this.state.classes, rows);
      }
      this.#held = [];
      this.#tell("live");
      this.load();
    }
  }

  model(key) {
    return this.state?.models?.find((model) => model.key === key) ?? null;
  }

  alert(id) {
    return this.state?.alerts?.find((alert) => alert.id === id) ?? null;
  }

  /** Calls the listener with the kinds of what changed, once a frame at most. */
  on(listener) {
    this.addEventListener("change", (event) => listener(event.detail));
  }

  #tell(kind) {
    if (this.#changed.size === 0) {
      const later = document.hidden ? (task) => setTimeout(task, 250) : requestAnimationFrame;
      later(() => {
        const changed = this.#changed;
        this.#changed = new Set();
        this.dispatchEvent(new CustomEvent("change", { detail: changed }));
      });
    }
    this.#changed.add(kind);
  }
}

export function eventKey(event) {
  return event.partition + "/" + event.offset;
}

function merged(fresh, seen) {
  const keys = new Set(fresh.map(eventKey));
  return [...fresh, ...seen.filter((event) => !keys.has(eventKey(event)))]
    .sort((a, b) => b.time - a.time)
    .slice(0, FEED_KEPT);
}

function rowKey(row) {
  return row.model + " " + row.classIndex;
}

function mergedRows(old, fresh = []) {
  const rows = new Map(old.map((row) => [rowKey(row), row]));
  fresh.forEach((row) => rows.set(rowKey(row), row));
  return [...rows.values()];
}
