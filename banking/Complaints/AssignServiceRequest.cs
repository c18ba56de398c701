using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Complaints;

/// <summary>Gives a request to a member of staff; a new one is then in progress.</summary>
public sealed class AssignServiceRequest
{
    private const int TriesAtMost = 16;

    private readonly ServiceRequestTable table;
    private readonly RecordAudit audit;

    internal AssignServiceRequest(ServiceRequestTable table, RecordAudit audit) => (this.table, this.audit) = (table, audit);

    /// <returns>Or, first match: <see cref="ServiceRequestNotFound"/>, <see cref="ServiceRequestClosed"/>.</returns>
    public async Task<Result<ServiceRequest>> RunAsync(CustomerId customer, string number, string officer, AuditActor actor, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(customer, number, cancellation) is not { } stored)
                return new ServiceRequestNotFound();
            if (stored.Request.State == ServiceRequestState.Closed)
                return new ServiceRequestClosed();
            var after = stored.Request with
            {
                Assignee = officer,
                State = stored.Request.State == ServiceRequestState.Received ? ServiceRequestState.InProgress : stored.Request.State,
            };
            if (after == stored.Request)
                return after;

            // Answered for before it is done: repeated after a crash it is recorded twice, never done without a record.
            await audit.RunAsync(
                new AuditEvent(actor, "service_request_assigned", $"service-request/{number}") { Before = stored.Request.Assignee, After = officer }, cancellation);
            if (await table.AssignAsync(stored, officer, after.State, cancellation))
                return after;
            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException($"Request {number} cannot be assigned now.");
    }
}
