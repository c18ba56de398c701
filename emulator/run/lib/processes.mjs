// The processes of one bank on one machine: started in order, watched, and stopped together.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { fail } from './terminal.mjs';

const running = [];
let stopping = false;

/** Throws nothing: a taken port is the most common trouble, so it ends the start with a sentence naming it. */
export async function requireFreePort(port, what, setting) {
  if (!(await canListen(port))) {
    fail(`port ${port} for ${what} is taken by another program. Stop that program, or choose another port: ${setting}=<port> make run`);
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a program whose output goes to a log file, or to `onLine`. Its death before `stopAll` ends the whole run. */
export function start(name, command, args, { cwd, env = {}, logFolder, onExit } = {}) {
  mkdirSync(logFolder, { recursive: true });
  const logFile = join(logFolder, `${name}.log`);
  const log = createWriteStream(logFile);
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const entry = { name, child, logFile, tail: [] };
  const remember = (chunk) => { entry.tail = [...entry.tail, ...String(chunk).trimEnd().split('\n')].slice(-25); };
  child.stdout.on('data', remember);
  child.stderr.on('data', remember);
  child.on('error', (error) => fail(`${name} did not start: ${error.message}`));
  child.on('exit', (code, signal) => {
    entry.exited = true;
    if (!stopping) {
      if (onExit) onExit(code, signal);
      else fail(`${name} stopped by itself (${signal ?? `exit code ${code}`}). Its last lines (${logFile}):\n\n${entry.tail.join('\n')}`);
    }
  });
  running.push(entry);
  return entry;
}

/** Waits until the address answers; polls, because another process has no signal to give us. */
export async function waitForHttp(url, name, { seconds = 60, accept = (status) => status < 500 } = {}) {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
      if (accept(answer.status)) return;
    } catch { /* not listening yet */ }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const entry = running.find((e) => e.name === name);
  fail(`${name} did not answer at ${url} within ${seconds} s.${entry ? ` Its last lines (${entry.logFile}):\n\n${entry.tail.join('\n')}` : ''}`);
}

export async function waitForPort(port, name, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (await canConnect(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  fail(`${name} did not open port ${port} within ${seconds} s.`);
}

/** Stops in reverse order, politely first. Azurite gets time to save. */
export async function stopAll() {
  stopping = true;
  for (const { child } of [...running].reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    signal(child, 'SIGTERM');
    const late = setTimeout(() => signal(child, 'SIGKILL'), 8000);
    await gone;
    clearTimeout(late);
  }
}

export function pids() {
  return running.filter((e) => !e.exited).map((e) => ({ name: e.name, pid: e.child.pid }));
}

export function stopOnSignals(after = () => {}) {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, async () => {
      if (stopping) return;
      await stopAll();
      after();
      process.exit(0);
    });
  }
  // Whatever ends this program, nothing it started stays behind.
  process.on('exit', () => { for (const { child } of running) signal(child, 'SIGKILL'); });
}

function signal(child, name) {
  try { process.kill(-child.pid, name); } catch { /* gone already */ }
}

const canListen = (port) => new Promise((resolve) => {
  const server = createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
});

const canConnect = (port) => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1').once('connect', () => { socket.destroy(); resolve(true); }).once('error', () => resolve(false));
});
