using System.Globalization;
using NodaTime;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Transfers;

/// <summary>What a customer is told of a standing transfer, each thing once however often it is found (TRF-33, TRF-41).</summary>
internal sealed class PeriodicNotices(SendNotice send)
{
    public Task ExecutedAsync(PeriodicTransfer it, LocalDate dueOn, Money amount, CancellationToken cancellation) =>
        SendAsync(it, NoticeKind.PeriodicTransferMade, Day(dueOn), amount, [("date", Words.Date(dueOn))], cancellation);

    public Task RetriedAsync(PeriodicTransfer it, PeriodicOccurrence due, Instant at, Error error, CancellationToken cancellation) => SendAsync(
        it, NoticeKind.PeriodicTransferRetried, $"{Day(due.DueOn)}/{due.Attempt}", it.Running?.Terms.Amount ?? it.Terms.Amount,
        [("time", at.InZone(BankTime.Tirane).TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)), ("reason", error.Code)], cancellation);

    public Task MissedAsync(PeriodicTransfer it, LocalDate dueOn, Error error, CancellationToken cancellation) => SendAsync(
        it, NoticeKind.PeriodicTransferMissed, Day(dueOn), it.Running?.Terms.Amount ?? it.Terms.Amount,
        [("date", Words.Date(dueOn)), ("reason", error.Code)], cancellation);

    private Task SendAsync(
        PeriodicTransfer it, NoticeKind kind, string occasion, Money amount, (string Name, string Value)[] more, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string> { ["name"] = it.Terms.To.Name, ["amount"] = Words.Amount(amount) };
        foreach (var (name, value) in more)
            facts[name] = value;
        var id = NoticeId.Of(kind.ToString(), it.Id.Value.ToString("N"), occasion);
        return send.RunAsync(new Notice(id, it.Customer, NoticeChannel.Push, kind, facts, $"transfers/periodic/{it.Id}"), cancellation);
    }

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
