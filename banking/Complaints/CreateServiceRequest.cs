using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Calendar;

namespace Serverless.Banking.Complaints;

/// <param name="RequestHash">Tells a retry from another request under the same key.</param>
public sealed record NewServiceRequest(CustomerId Customer, IdempotencyKey Key, string RequestHash, ServiceRequestKind Kind, string Details);

/// <summary>Takes a complaint or a suggestion (NOTE-02) and confirms it at once (NOTE-20).</summary>
/// <remarks>The rows of what is to be done about it are written first; then the request with the day's count, in one group; then the customer is told.</remarks>
public sealed class CreateServiceRequest
{
    private const int TriesAtMost = 16;

    private readonly ServiceRequestTable table;
    private readonly SettleServiceRequest settle;
    private readonly BankCalendar calendar;
    private readonly ComplaintsOptions options;
    private readonly TimeProvider time;

    internal CreateServiceRequest(
        ServiceRequestTable table, SettleServiceRequest settle, BankCalendar calendar, IOptions<ComplaintsOptions> options, TimeProvider time) =>
        (this.table, this.settle, this.calendar, this.options, this.time) = (table, settle, calendar, options.Value, time);

    /// <returns>The request as it was taken. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="TooManyServiceRequests"/>.</returns>
    public async Task<Result<ServiceRequest>> RunAsync(NewServiceRequest wanted, CancellationToken cancellation)
    {
        var number = ServiceRequestKeys.Number(wanted.Customer, wanted.Key);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(wanted.Customer, number, cancellation) is { } known)
            {
                if (known.RequestHash != wanted.RequestHash)
                    return new IdempotencyKeyReused();
                await settle.RunAsync(wanted.Customer, number, cancellation);
                return known.Request with { State = ServiceRequestState.Received, Messages = [] };
            }

            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var today = now.InZone(BankTime.Tirane).Date;
            var before = await table.CountOfDayAsync(wanted.Customer, today, cancellation);
            if (before.Count >= options.MostPerDay)
                return new TooManyServiceRequests(options.MostPerDay);

            LocalDate? answerBy = wanted.Kind == ServiceRequestKind.Complaint ? calendar.AddBusinessDays(today, options.TermDays) : null;
            var request = new ServiceRequest(
                number, wanted.Customer, wanted.Kind, wanted.Details, Instant.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()), ServiceRequestState.Received, null, answerBy, null, []);
            List<Instant> moments = [SettleServiceRequest.Soon(now), SettleServiceRequest.EraseAt(request, options)];
            if (answerBy is { } last)
                moments.Add(SettleServiceRequest.EscalateAt(last));
            await table.RemindAsync(wanted.Customer, number, moments, cancellation);
            await table.ListAsOpenAsync(request, cancellation);
            if (await table.AddAsync(request, wanted.RequestHash, today, before, cancellation))
            {
                await settle.RunAsync(wanted.Customer, number, cancellation);
                return request;
            }

            await Ledger.StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException($"Request {number} cannot be taken now.");
    }
}
