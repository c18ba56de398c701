// What a person sees: plain lines, a spinner where there is a terminal, one clear sentence on failure.
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);

export const bold = paint('1');
export const dim = paint('2');
export const green = paint('32');
export const red = paint('31');
export const cyan = paint('36');

export const say = (text = '') => process.stdout.write(`${text}\n`);

/** Ends the program with one sentence; `process.exit` handlers stop what was started. */
export function fail(sentence) {
  process.stderr.write(`\n${red('serverless:')} ${sentence}\n\n`);
  process.exit(1);
}

export class Spinner {
  /** Of several at once the first is drawn: there is one line. */
  static #drawn = new Set();
  #label; #started = performance.now(); #timer; #frame = 0; #detail = '';

  constructor(label) {
    this.#label = label;
    Spinner.#drawn.add(this);
    if (process.stdout.isTTY) this.#timer = setInterval(() => this.#draw(), 120);
    else say(`${label} ...`);
  }

  detail(chunk) {
    const line = String(chunk).trim().split('\n').at(-1) ?? '';
    this.#detail = line.replace(/^.*\/([^/]+\.dll)$/, '$1').slice(0, 60);
  }

  stop(outcome) {
    clearInterval(this.#timer);
    Spinner.#drawn.delete(this);
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    const mark = outcome === 'failed' ? red('x') : green('ok');
    say(`${mark} ${this.#label} ${dim(`${seconds} s`)}`);
  }

  #draw() {
    if (Spinner.#drawn.values().next().value !== this) return;
    const frames = '|/-\\';
    const seconds = Math.floor((performance.now() - this.#started) / 1000);
    process.stdout.write(`\r\x1b[K${cyan(frames[this.#frame++ % 4])} ${this.#label} ${dim(`${seconds} s ${this.#detail}`)}`);
  }
}
