/** What is known of single classes, asked for when somebody looks, a few at a time, and kept for a while. */

const AT_ONCE = 3;
const FRESH = 10_000;
const MOST = 120;

export class Details {
  #server;
  #known = new Map();
  #queue = [];
  #running = 0;

  constructor(server) {
    this.#server = server;
  }

  /** The class's maps, curve and examples; from memory if they are fresh. */
  get(model, classIndex, from, to) {
    const key = [model, classIndex, from, to].join(" ");
    const known = this.#known.get(key);
    if (known && Date.now() - known.at < FRESH) {
      return known.answer;
    }
    const answer = new Promise((resolve, reject) => {
      this.#queue.push(() => this.#server.classDetail(model, classIndex, from, to).then(resolve, reject));
      this.#next();
    });
    this.#known.delete(key);
    this.#known.set(key, { at: Date.now(), answer });
    answer.catch(() => this.#known.delete(key));
    if (this.#known.size > MOST) {
      this.#known.delete(this.#known.keys().next().value);
    }
    return answer;
  }

  #next() {
    while (this.#running < AT_ONCE && this.#queue.length > 0) {
      this.#running++;
      this.#queue.shift()().finally(() => {
        this.#running--;
        this.#next();
      });
    }
  }
}
