// make run: the whole bank on this machine, until Ctrl-C.
import { join } from 'node:path';
import { prepareBank, requirePorts, startBank, usualPorts } from './lib/bank.mjs';
import { stopAll, stopOnSignals } from './lib/processes.mjs';
import { password } from './lib/client.mjs';
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
  Telemetry   ${dim(process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? `to ${process.env.OTEL_EXPORTER_OTLP_ENDPOINT}` : 'OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 make run sends it to a collector (docs/telemetry.md)')}

${bold('Pay a bill')} ${dim(`(customer ${demo.customer} owes OSHEE for electricity; number and password, the code from the SMS, a quote; the last line moves the money)`)}

LOGIN=$(curl -s ${bank.url}/api/public/v1/login ${json} -d '{"identifier":"${demo.customer}","password":"${password}","channel":"web","installation":{"id":"my-first-browser","name":"curl","type":"web"}}' | sed 's/.*"challengeId":"\\([^"]*\\)".*/\\1/'); sleep 1
CODE=$(curl -s "${bank.sandbox}/inbox/messages?customer=${demo.customer}&channel=sms" | grep -o '"text":"[0-9]\\{6\\}' | head -1 | tr -dc 0-9)
TOKEN=$(curl -s ${bank.url}/api/public/v1/login/$LOGIN/code ${json} -d "{\\"code\\":\\"$CODE\\"}" | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
QUOTE=$(curl -s ${bank.url}/api/v1/bills/quotes ${token} ${json} -d '{"company":"oshee","clientCode":"${demo.clientCode}","invoiceNumber":"${demo.invoiceNumber}"}' | sed 's/.*"quoteId":"\\([^"]*\\)".*/\\1/')
curl -s ${bank.url}/api/v1/bills/payments ${token} ${json} -H "Idempotency-Key: ${demo.invoiceNumber}" -d "{\\"quoteId\\":\\"$QUOTE\\"}"

Ctrl-C stops everything.`);
