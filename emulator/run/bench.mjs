// make bench: what operations cost and how fast they are, as a table. QUICK=1 for a minute's run, JSON=file to keep it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, ensureLocalSettings, installNodePackages, root } from './lib/workspace.mjs';

await installNodePackages();
ensureLocalSettings();
await build('bench/Serverless.Bench.csproj', { label: 'Building the bench' });

// The rows of 150,000 bills are more than Node lets an Azurite have by itself.
const env = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-old-space-size=14336`.trim() };
const bench = spawn('dotnet', [join(root, 'bench/bin/Release/net10.0/Serverless.Bench.dll')], { stdio: 'inherit', env });
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => bench.kill(name));
bench.on('close', (code) => process.exit(code ?? 1));
