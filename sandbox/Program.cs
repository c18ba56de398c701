using Serverless.Sandbox;

try
{
    await using var app = SandboxApp.Create(args, builder =>
    {
        builder.Configuration["Bank:WebhookBaseUrl"] ??= "http://127.0.0.1:7071/api/webhooks";
        // Why it cannot start is said below, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
    });
    await app.StartAsync();
    Console.WriteLine($"Sandbox of the bank's partners: {app.Urls.First()} (messages: /inbox)");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception start) when (start is IOException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"The sandbox cannot start. {start.Message}");
    return 1;
}
