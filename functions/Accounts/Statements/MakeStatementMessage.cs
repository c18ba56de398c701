using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Messages;

namespace Serverless.Functions.Accounts;

/// <summary>Makes a long statement (ACC-19).</summary>
public sealed class MakeStatementMessage(MakeStatement make)
{
    [Function("Accounts_MakeStatement")]
    public async Task RunAsync(
        [ServiceBusTrigger(WorkQueues.Statements, Connection = "ServiceBus")] StatementDue due, CancellationToken cancellation)
    {
        // A message that is none of ours has nothing to make and would only come again.
        if (CustomerId.Find(due.Customer) is { } customer)
            await make.RunAsync(customer, due.JobId, cancellation);
    }
}
