using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Bills;

namespace Serverless.Workflows.BillPayments;

/// <summary>Starts the workflow that asks a company what became of a pending payment.</summary>
/// <remarks>Instance id: the payment's. No payment that its company answers at once has an instance.</remarks>
public sealed class StartSettlement(IOptions<BillsOptions> options, TimeProvider time)
{
    public static string InstanceId(PaymentId payment) => payment.Value.ToString("N");

    /// <returns>The payment itself.</returns>
    public async Task<Result<Payment>> IfPendingAsync(DurableTaskClient client, Payment payment)
    {
        if (payment.State == PaymentState.Pending)
            await MissingAsync(client, [payment.Id], CancellationToken.None);
        return payment;
    }

    /// <summary>Starts the workflow of each payment that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<PaymentId> pending, CancellationToken cancellation)
    {
        foreach (var payment in pending)
        {
            var plan = new SettlementPlan(payment.Value, time.GetUtcNow() + options.Value.SettlementDeadline);
            await client.StartMissingAsync(SettleBillPaymentOrchestrator.Name, InstanceId(payment), plan, cancellation);
        }
    }
}

/// <param name="PaymentId">What the history keeps; names and amounts stay in tables.</param>
/// <param name="Deadline">When staff take over. Part of the input, so that a changed setting does not change a running instance.</param>
public sealed record SettlementPlan(Guid PaymentId, DateTimeOffset Deadline);
