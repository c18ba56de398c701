namespace Serverless.Banking.Messages;

/// <summary>Hands work to whichever instance of the app is free.</summary>
/// <remarks>
/// Delivered at least once, late and in any order: every handler is safe to run twice. A message that is lost is found again by the
/// sweeper of its capability, because a row that says the work is due is written before the message is sent.
/// </remarks>
public interface IWorkMessages
{
    /// <param name="queue">One of <see cref="WorkQueues"/>.</param>
    /// <param name="bodies">Sent in as few calls as they fit; each is serialized as JSON.</param>
    Task SendAsync<T>(string queue, IReadOnlyCollection<T> bodies, CancellationToken cancellation);
}
