namespace Serverless.Sandbox;

/// <summary>Every outside party the bank talks to, as one HTTP service.</summary>
public static class SandboxApp
{
    /// <summary>Builds the sandbox; the caller starts it, so a test can run it on a free port of its own.</summary>
    public static WebApplication Create(string[] args)
    {
        var app = WebApplication.CreateBuilder(args).Build();
        return app;
    }
}
