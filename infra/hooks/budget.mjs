// Before the resources are made: a budget's first day cannot be changed afterwards, so it is chosen once and kept in azd's environment.
import { execFileSync } from 'node:child_process';

if (!process.env.BANK_BUDGET_FROM) {
  const month = `${new Date().toISOString().slice(0, 7)}-01`;
  execFileSync('azd', ['env', 'set', 'BANK_BUDGET_FROM', month], { stdio: 'inherit', shell: process.platform === 'win32' });
}
