using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Turnovers;

/// <summary>What a customer ordered through one channel in a period (EKL-21): the orders carry it, so nothing more is written for it.</summary>
public sealed class ListChannelPayments
{
    public const int MonthsAtMost = 12;

    private readonly TransferTable transfers;
    private readonly TransferCourse course;
    private readonly PaymentTable payments;
    private readonly CompanyCatalogue companies;
    private readonly TimeProvider time;

    internal ListChannelPayments(TransferTable transfers, TransferCourse course, PaymentTable payments, CompanyCatalogue companies, TimeProvider time) =>
        (this.transfers, this.course, this.payments, this.companies, this.time) = (transfers, course, payments, companies, time);

    /// <param name="channel">As the orders have it: <c>eklik</c>.</param>
    /// <returns>Newest first; failed ones too. Or, all together: <see cref="EndBeforeStart"/>, <see cref="Accounts.DateInFuture"/>, <see cref="Accounts.RangeTooLong"/>.</returns>
    public async Task<Result<Page<OrderedPayment>>> RunAsync(
        CustomerId customer, string channel, LocalDate start, LocalDate end, PageRequest page, CancellationToken cancellation)
    {
        List<Invalid> faults = [];
        if (end < start)
            faults.Add(new EndBeforeStart("endDate"));
        if (end > Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date)
            faults.Add(new Accounts.DateInFuture("endDate"));
        if (end >= start.PlusMonths(MonthsAtMost))
            faults.Add(new Accounts.RangeTooLong("startDate", MonthsAtMost));
        if (faults.Count > 0)
            return new InvalidInput(faults);

        // Both lists have the same keys, by time: the newest of both are among the newest of each.
        var period = new Interval(
            start.AtStartOfDayInZone(BankTime.Tirane).ToInstant(), end.PlusDays(1).AtStartOfDayInZone(BankTime.Tirane).ToInstant());
        var ofTransfers = transfers.ListByChannelAsync(customer, channel, period, page.After, page.Limit + 1, cancellation);
        var ofBills = payments.ListByChannelAsync(customer, channel, period, page.After, page.Limit + 1, cancellation);
        List<(string Key, Transfer? Transfer, Payment? Bill)> found =
        [
            .. (await ofTransfers).Select(one => (one.Key, (Transfer?)one.Transfer, (Payment?)null)),
            .. (await ofBills).Select(one => (one.Key, (Transfer?)null, (Payment?)one.Payment)),
        ];
        found.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        var shown = found.Take(page.Limit).ToArray();
        var items = await Task.WhenAll(shown.Select(async one => one.Bill is { } bill
            ? OrderedPayment.Of(bill, companies.Of(bill.Account.Company))
            : OrderedPayment.Of(await course.LookAsync(one.Transfer!, cancellation))));
        return new Page<OrderedPayment>(items, found.Count > shown.Length ? shown[^1].Key : null);
    }
}
