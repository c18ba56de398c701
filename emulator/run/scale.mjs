// make scale: writes the tables of docs/scale.md anew. CUSTOMERS= or SEED= print those of another bank instead.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from './lib/workspace.mjs';

await build('bench/scale/Serverless.Scale.csproj', { label: 'Building the simulator' });
const page = process.env.CUSTOMERS || process.env.SEED ? [] : [join(root, 'docs/scale.md')];
const simulator = spawn('dotnet', [join(root, 'bench/scale/bin/Release/net10.0/Serverless.Scale.dll'), ...page], { stdio: 'inherit' });
simulator.on('close', (code) => {
  if (page.length > 0) console.log(code === 0 ? 'docs/scale.md has the tables of the simulator.' : 'docs/scale.md could not be written.');
  process.exit(code ?? 1);
});
