// make docs: writes docs/settings.md anew from the options classes. The test that compares the page with them writes it when it is told to.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { compile, installNodePackages, root } from './lib/workspace.mjs';

await installNodePackages();
await compile('Building', 'tests/Functions.Tests/Serverless.Functions.Tests.csproj');
const tests = join(root, 'tests/Functions.Tests/bin/Debug/net10.0/Serverless.Functions.Tests.dll');
const writing = spawn('dotnet', [tests, '-noLogo', '-noColor', '-class', 'Serverless.Functions.Tests.Docs.SettingsPageTests'], {
  stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, SERVERLESS_WRITE_DOCS: '1' },
});
writing.on('close', (code) => {
  console.log(code === 0 ? 'docs/settings.md is what the options say.' : 'docs/settings.md could not be written: run make test to see why.');
  process.exit(code ?? 1);
});
