using System.Diagnostics;
using Serverless.Testing;

namespace Serverless.Bench;

/// <summary>The sandbox in a process of its own: what its companies remember is not the bank's memory, and their work not the bank's time.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly Process process;

    private SandboxProcess(Process process, TestSandbox sandbox) => (this.process, Sandbox) = (process, sandbox);

    public TestSandbox Sandbox { get; }

    public static async Task<SandboxProcess> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Serverless.Sandbox.dll"), "--port", "0", "--Logging:LogLevel:Default=Warning" })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal)) is not { } address)
                continue;
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new SandboxProcess(process, TestSandbox.At(new Uri($"{address.TrimEnd('/')}/")));
        }

        throw new InvalidOperationException("The sandbox did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Kill(process);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended, or was disposed of.
        }
    }
}
