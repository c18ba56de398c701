using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Complaints;

/// <param name="RequestHash">Tells a retry from another answer under the same key.</param>
public sealed record ServiceRequestAnswer(CustomerId Customer, string Number, IdempotencyKey Key, string RequestHash, string Text, ServiceRequestState NewState);

/// <summary>The bank's answer to a request (NOTE-04), with a push to the customer.</summary>
/// <remarks>The row that makes the timer look again is written first; then the message and the new state in one group; then the audit record and the push.</remarks>
public sealed class AnswerServiceRequest
{
    private const int TriesAtMost = 16;

    private readonly ServiceRequestTable table;
    private readonly SettleServiceRequest settle;
    private readonly TimeProvider time;

    internal AnswerServiceRequest(ServiceRequestTable table, SettleServiceRequest settle, TimeProvider time) => (this.table, this.settle, this.time) = (table, settle, time);

    /// <returns>The request with all its messages. Or, first match: <see cref="ServiceRequestNotFound"/>, <see cref="IdempotencyKeyReused"/>, <see cref="ServiceRequestClosed"/>.</returns>
    public async Task<Result<ServiceRequest>> RunAsync(ServiceRequestAnswer answer, AuditActor officer, CancellationToken cancellation)
    {
        var id = StableGuid.Of("service request answer", answer.Customer.Value, answer.Number, officer.Id, answer.Key.Value);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            // The key first: what is read after it has the message that the key stands for.
            var earlier = await table.FindAnswerAsync(answer.Customer, answer.Number, id, cancellation);
            if (await table.FindAsync(answer.Customer, answer.Number, cancellation) is not { } stored)
                return new ServiceRequestNotFound();
            if (earlier is { } hash)
            {
                if (hash != answer.RequestHash)
                    return new IdempotencyKeyReused();
                await settle.RunAsync(answer.Customer, answer.Number, cancellation);
                return UpTo(stored, id);
            }

            if (stored.Request.State == ServiceRequestState.Closed)
                return new ServiceRequestClosed();
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            await table.RemindAsync(answer.Customer, answer.Number, [SettleServiceRequest.Soon(now)], cancellation);
            if (await table.AnswerAsync(stored, new BankMessage(officer.Id, answer.Text, answer.NewState, now), id, answer.RequestHash, officer.Origin, cancellation))
                continue;
            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException($"Request {answer.Number} cannot be answered now.");
    }

    /// <summary>As it was right after this answer, so that a retry reads what the first try was told.</summary>
    private static ServiceRequest UpTo(StoredRequest stored, Guid id)
    {
        var last = stored.Messages.TakeWhile(message => !message.Row.EndsWith($"{id:N}", StringComparison.Ordinal)).Count();
        return stored.Request with
        {
            State = stored.Messages[last].Message.NewState,
            Messages = [.. stored.Messages.Take(last + 1).Select(message => message.Message)],
        };
    }
}
