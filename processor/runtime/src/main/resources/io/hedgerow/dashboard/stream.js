/**
 * The server's stream of changes: one connection for all tabs of a browser, for browsers open no more than six to one server. A
 * lock elects the tab that holds it, and hands on what comes; tabs that nobody sees let go.
 */

// Dashboards at several paths of one proxy are one origin, and share its locks and channels.
const NAME = "hedgerow " + new URL("api/stream", location.href).pathname;
const KINDS = ["alerts", "classes", "feed", "machine", "verdict", "models"];
const AGAIN = 2_000;

export class Stream {
  #take;
  #lost;
  #resync;
  #source = null;
  #release = null;
  #waiting = null;
  #channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;

  /**
   * @param take called with the kind of what changed and what it is now
   * @param resync called when all is to be read again: at the beginning, after a break, when the server says so
   * @param lost called with whether the connection is broken
   */
  constructor(take, resync, lost) {
    this.#take = take;
    this.#resync = resync;
    this.#lost = lost;
    this.#channel?.addEventListener("message", ({ data }) => this.#source === null && this.#hear(data.kind, data.data));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#leave() : this.#enter()));
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", (event) => event.persisted && this.#enter());
    if (!document.hidden) {
      this.#join();
    }
  }

  #enter() {
    this.#resync();
    this.#join();
  }

  #join() {
    if (this.#waiting !== null || this.#source !== null) {
      return;
    }
    // Without a secure context there are no locks: each tab that is seen has a connection of its own.
    if (!navigator.locks) {
      this.#open();
      return;
    }
    const waiting = new AbortController();
    this.#waiting = waiting;
    navigator.locks
      .request(NAME, { signal: waiting.signal }, () => {
        this.#open();
        return new Promise((release) => (this.#release = release));
      })
      .catch(() => {}) // it was left before it came to the lock
      .finally(() => this.#waiting === waiting && (this.#waiting = null));
  }

  #leave() {
    this.#source?.close();
    this.#source = null;
    if (this.#release !== null) {
      this.#release();
      this.#release = null;
    } else {
      this.#waiting?.abort();
    }
    this.#waiting = null;
  }

  #open() {
    const source = new EventSource("api/stream");
    this.#source = source;
    let isBroken = false;
    source.addEventListener("open", () => {
      if (isBroken) {
        this.#tell("resync", null);
      }
      isBroken = false;
      this.#tell("connection", true);
    });
    source.addEventListener("error", () => {
      isBroken = true;
      this.#tell("connection", false);
      // An answer that is no stream ends a source for good: a server that starts gives such answers.
      if (source.readyState === EventSource.CLOSED && this.#source === source) {
        setTimeout(() => this.#source === source && this.#reopen(), AGAIN);
      }
    });
    source.addEventListener("resync", () => this.#tell("resync", null));
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => this.#tell(kind, JSON.parse(event.data)));
    }
  }

  #reopen() {
    this.#open();
    this.#source.addEventListener("open", () => this.#tell("resync", null), { once: true });
  }

  #tell(kind, data) {
    this.#channel?.postMessage({ kind, data });
    this.#hear(kind, data);
  }

  #hear(kind, data) {
    if (document.hidden) {
      return;
    }
    if (kind === "resync") {
      this.#resync();
    } else if (kind === "connection") {
      this.#lost(!data);
    } else {
      this.#take(kind, data);
    }
  }
}
