using Serverless.Sandbox;

var app = SandboxApp.Create(args, builder =>
    builder.Configuration["Bank:WebhookBaseUrl"] ??= "http://127.0.0.1:7071/api/webhooks");
try
{
    await app.RunAsync();
    return 0;
}
catch (IOException taken)
{
    await Console.Error.WriteLineAsync($"The sandbox cannot listen: {taken.Message} Choose another port with --port.");
    return 1;
}
