using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Bills;

/// <summary>Finishes payments that a killed process left open, as their customers asked; one too old to begin now is ended unpaid.</summary>
public sealed partial class SweepPayments
{
    private readonly OpenPayments open;
    private readonly PaymentTable payments;
    private readonly PaymentCourse course;
    private readonly InvoiceClaims claims;
    private readonly BillsOptions options;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;
    private readonly ILogger<SweepPayments> log;

    internal SweepPayments(
        OpenPayments open, PaymentTable payments, PaymentCourse course, InvoiceClaims claims, IOptions<BillsOptions> options, TimeProvider time,
        BankMetrics metrics, ILogger<SweepPayments> log) =>
        (this.open, this.payments, this.course, this.claims, this.options, this.time, this.metrics, this.log) =
        (open, payments, course, claims, options.Value, time, metrics, log);

    /// <returns>The pending payments: each needs the workflow that asks its company, which may have been lost with the process that was to start it.</returns>
    /// <remarks>Reads only what is open. One payment that cannot be helped now does not keep the others waiting.</remarks>
    public Task<IReadOnlyList<PaymentId>> RunAsync(CancellationToken cancellation) =>
        RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow() - options.SweepAfter), cancellation);

    /// <param name="startedBefore">Payments that began later are left to their own runs.</param>
    public async Task<IReadOnlyList<PaymentId>> RunAsync(Instant startedBefore, CancellationToken cancellation)
    {
        var pending = new List<PaymentId>();
        await foreach (var entry in open.ListAsync(startedBefore, cancellation))
        {
            try
            {
                if (await RecoverAsync(entry, cancellation) == PaymentState.Pending)
                    pending.Add(entry.Payment.Id);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogLeft(entry.Payment.Id, e);
            }
        }

        metrics.Waiting("SettleBillPayment", pending.Select(_ => PaymentState.Pending));
        return pending;
    }

    /// <returns>Null when there was no payment.</returns>
    private async Task<PaymentState?> RecoverAsync(OpenPayment entry, CancellationToken cancellation)
    {
        if (await payments.FindAsync(entry.Payment.Customer, entry.Payment.Id, cancellation) is not { } record)
        {
            // The record was never written, so nothing was debited. A run that is still on its way there is stopped at its debit and begins anew.
            await claims.ForsakeAsync(entry.Payment, cancellation);
            await open.CloseAsync(entry, cancellation);
            return null;
        }

        if (record.Payment.State == PaymentState.Pending)
            return PaymentState.Pending;
        if (record.Payment.State == PaymentState.Unresolved)
        {
            await open.MoveToUnresolvedAsync(entry, cancellation);
            return PaymentState.Unresolved;
        }

        var age = Instant.FromDateTimeOffset(time.GetUtcNow()) - record.Payment.StartedAt;
        var recovered = record.Payment.State == PaymentState.Processing && age > Duration.FromTimeSpan(options.AbandonAfter)
            ? await course.AbandonAsync(record, entry, cancellation)
            : await course.RunAsync(record, entry, customerWaits: false, cancellation);
        return recovered.IsSuccess ? recovered.Value.State : PaymentState.Failed;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Payment {Payment} is left to the next sweep")]
    private partial void LogLeft(PaymentId payment, Exception failure);
}
