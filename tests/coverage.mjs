// make coverage: which rows of docs/requirements.csv a passing test proves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../emulator/run/lib/workspace.mjs';
import { red, say } from '../emulator/run/lib/terminal.mjs';

/** A row is proven by a passing test that names it, and by no failing one. */
export function printCoverage(tests) {
  const rows = readFileSync(join(root, 'docs/requirements.csv'), 'utf8').trim().split('\n').slice(1)
    .map((line) => line.split(',')).map(([id, area]) => ({ id, area }));
  const passing = new Set(tests.filter((t) => t.result === 'Pass').flatMap((t) => t.requirements));
  const failing = new Set(tests.filter((t) => t.result === 'Fail').flatMap((t) => t.requirements));
  const known = new Set(rows.map((r) => r.id));
  const proven = (row) => passing.has(row.id) && !failing.has(row.id);

  say();
  for (const area of [...new Set(rows.map((r) => r.area))]) {
    const own = rows.filter((r) => r.area === area);
    const missing = own.filter((r) => !proven(r)).map((r) => r.id);
    say(`${area.padEnd(42)} ${String(own.length - missing.length).padStart(3)} of ${String(own.length).padStart(3)}  ${shorten(missing)}`);
  }
  for (const id of [...passing].filter((p) => !known.has(p))) say(red(`a test names ${id}, which is no row of docs/requirements.csv`));
  say();
  say(`proven ${rows.filter(proven).length} of ${rows.length}`);
}

/** BILL-01 BILL-02 BILL-03 BILL-07 reads better as BILL-01..03 BILL-07. */
function shorten(ids) {
  const runs = [];
  for (const id of ids) {
    const [prefix, number] = [id.replace(/\d+$/, ''), Number(id.match(/\d+$/)[0])];
    const last = runs.at(-1);
    if (last && last.prefix === prefix && last.to + 1 === number) last.to = number;
    else runs.push({ prefix, from: number, to: number });
  }
  const two = (n) => String(n).padStart(2, '0');
  return runs.map((r) => `${r.prefix}${two(r.from)}${r.to > r.from ? `..${two(r.to)}` : ''}`).join(' ');
}
