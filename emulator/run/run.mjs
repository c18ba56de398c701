// make run: the whole bank on this machine, until Ctrl-C.
import { join } from 'node:path';
import { prepareBank, requirePorts, startBank, usualPorts } from './lib/bank.mjs';
import { stopAll, stopOnSignals } from './lib/processes.mjs';
import { seed, story } from './lib/seed.mjs';
import { bold, cyan, dim, fail, say } from './lib/terminal.mjs';
import { dataFolder } from './lib/workspace.mjs';

const began = performance.now();
stopOnSignals(() => say('\nStopped. The bank\'s data stays in .data/; `make clean` removes it.'));
const ports = usualPorts();
await requirePorts(ports);
await prepareBank();

let bank;
let demo;
try {
  bank = await startBank(ports, { dataFolder, logFolder: join(dataFolder, 'logs') });
  await seed(bank);
  demo = await story(bank);
} catch (error) {
  await stopAll();
  fail(error.message);
}

const json = "-H 'Content-Type: application/json'";
const token = '-H "Authorization: Bearer $TOKEN"';
say(`
${bold('The bank is open')} ${dim(`(${((performance.now() - began) / 1000).toFixed(1)} s)`)}

  API         ${cyan(`${bank.url}/api`)}
  Reference   ${cyan(`${bank.url}/api/docs`)}
  Sandbox     ${cyan(bank.sandbox)}
  Inbox       ${cyan(`${bank.sandbox}/inbox`)}    ${dim('every push, SMS and e-mail the bank sends')}
  Logs        ${dim('.data/logs/')}

${bold('Pay a bill')} ${dim(`(customer ${demo.customer} owes OSHEE for electricity; the third line moves the money)`)}

TOKEN=$(curl -s ${bank.sandbox}/issuer/token -d customer=${demo.customer} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
QUOTE=$(curl -s ${bank.url}/api/v1/bills/quotes ${token} ${json} -d '{"company":"oshee","clientCode":"${demo.clientCode}","invoiceNumber":"${demo.invoiceNumber}"}' | sed 's/.*"quoteId":"\\([^"]*\\)".*/\\1/')
curl -s ${bank.url}/api/v1/bills/payments ${token} ${json} -H "Idempotency-Key: ${demo.invoiceNumber}" -d "{\\"quoteId\\":\\"$QUOTE\\"}"

Ctrl-C stops everything.`);
