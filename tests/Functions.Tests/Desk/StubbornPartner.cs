using System.Collections.Concurrent;
using Serverless.Banking;
using Serverless.Banking.Partners;

namespace Serverless.Functions.Tests.Desk;

/// <summary>A partner of the tests' own: what it tells can be made to fail.</summary>
internal sealed class StubbornPartner : IPartnerWebhook
{
    public const string Name = "stubborn";

    private readonly ConcurrentQueue<string> handled = new();

    public string Partner => Name;

    public IReadOnlyList<string> Secrets { get; set; } = [];

    public bool Fails { get; set; }

    /// <summary>Ids, in the order in which they were handled.</summary>
    public IReadOnlyCollection<string> Handled => handled;

    public Task<Result<IReadOnlyList<string>>> HandleAsync(PartnerMessage message, CancellationToken cancellation)
    {
        if (Fails)
            throw new InvalidOperationException("As the test has asked for.");
        if (message.Type.Length == 0)
            return Task.FromResult<Result<IReadOnlyList<string>>>(new WebhookNotUnderstood("/type"));
        handled.Enqueue(message.Id);
        return Task.FromResult<Result<IReadOnlyList<string>>>(Array.Empty<string>());
    }
}
