using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Messages;

namespace Serverless.Banking.Tests.Bills.Automation;

/// <summary>A broker of one process: what was sent waits here as JSON until a test takes it. A restarted bank has an empty one: its messages are lost.</summary>
internal sealed class WorkMessages : IWorkMessages
{
    private readonly List<(string Queue, string Body)> waiting = [];

    /// <summary>Each message comes twice.</summary>
    public bool Duplicates { get; set; }

    /// <summary>Messages are accepted and never come.</summary>
    public bool Loses { get; set; }

    public static void AddTo(IServiceCollection services) =>
        services.AddSingleton<WorkMessages>().AddSingleton<IWorkMessages>(provider => provider.GetRequiredService<WorkMessages>());

    public Task SendAsync<T>(string queue, IReadOnlyCollection<T> bodies, CancellationToken cancellation)
    {
        if (!Loses)
        {
            lock (waiting)
            {
                foreach (var body in bodies)
                    waiting.AddRange(Enumerable.Repeat((queue, JsonSerializer.Serialize(body)), Duplicates ? 2 : 1));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The messages of a queue, oldest first; they are gone from it.</summary>
    public IReadOnlyList<T> Take<T>(string queue)
    {
        T[] taken = [.. waiting.Where(message => message.Queue == queue).Select(message => JsonSerializer.Deserialize<T>(message.Body)!)];
        waiting.RemoveAll(message => message.Queue == queue);
        return taken;
    }
}
