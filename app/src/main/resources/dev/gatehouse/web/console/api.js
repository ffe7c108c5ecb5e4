// The one place where this page talks to its server. The token is here, in memory, and nowhere else: not in a URL, not in
// storage (browsers keep that on disk), not in the document.

const PATIENCE_MS = 10_000;

/** What the server answered instead of what was asked for. */
export class Problem extends Error {
  constructor(status, body) {
    super(typeof body?.detail === 'string' ? body.detail : `the server answered ${status}`);
    this.status = status;
    this.code = body?.code ?? '';
  }
}

/** The server, as one credential sees it. */
export class Api {
  #token;
  #reading = new AbortController();

  constructor(token) {
    this.#token = token;
  }

  get(path, patienceMs = PATIENCE_MS) {
    return this.#document('GET', path, undefined, this.#reading.signal, patienceMs);
  }

  post(path, body, patienceMs = PATIENCE_MS) {
    return this.#document('POST', path, body, undefined, patienceMs);
  }

  /** The bytes of something that is no document. */
  async bytes(path, patienceMs = PATIENCE_MS) {
    const given = AbortSignal.any([this.#reading.signal, AbortSignal.timeout(patienceMs)]);
    return (await this.#ask('GET', path, undefined, given, '*/*')).arrayBuffer();
  }

  /**
   * Gives up everything that is being read. A browser opens only so many connections to a server; a stop must not wait for one.
   */
  makeWay() {
    this.#reading.abort();
    this.#reading = new AbortController();
  }

  /** The objects of an NDJSON stream as they come, until it ends or somebody gives it up. */
  async *lines(path, signal) {
    const given = AbortSignal.any([signal, this.#reading.signal]);
    const response = await this.#ask('GET', path, undefined, given, 'application/x-ndjson');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (rest + chunk.value).split('\n');
      rest = lines.pop();
      for (const line of lines) yield JSON.parse(line);
    }
  }

  async #document(method, path, body, signal, patienceMs) {
    const late = AbortSignal.timeout(patienceMs);
    const given = signal ? AbortSignal.any([signal, late]) : late;
    return (await this.#ask(method, path, body, given, 'application/json')).json();
  }

  async #ask(method, path, body, signal, accept) {
    const headers = { Authorization: `Bearer ${this.#token}`, Accept: accept };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    });
    if (!response.ok) throw new Problem(response.status, await response.json().catch(() => null));
    return response;
  }
}
