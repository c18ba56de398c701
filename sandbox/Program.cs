using Serverless.Sandbox;

await SandboxApp.Create(args).RunAsync();
