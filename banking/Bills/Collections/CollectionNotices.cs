using System.Globalization;
using NodaTime;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Bills;

/// <summary>What the owner of an authorisation is told, each thing once however often it is found.</summary>
internal sealed class CollectionNotices(SendNotice send, ContractTable contracts, CompanyCatalogue companies)
{
    /// <summary>At most one per invoice and day (BILL-19).</summary>
    public Task RemindAsync(Authorisation it, Invoice invoice, LocalDate day, CancellationToken cancellation) =>
        SendAsync(it, invoice, NoticeKind.InvoiceReminder, Day(day), [], cancellation);

    /// <summary>Once per invoice: when it appears (BILL-19).</summary>
    public Task RemindOnceAsync(Authorisation it, Invoice invoice, CancellationToken cancellation) =>
        SendAsync(it, invoice, NoticeKind.InvoiceReminder, "appeared", [], cancellation);

    public Task AboveMaximumAsync(Authorisation it, Invoice invoice, CancellationToken cancellation) =>
        SendAsync(it, invoice, NoticeKind.InvoiceAboveMaximum, it.Terms.Maximum!.ToString(), [("maximum", Words.Amount(it.Terms.Maximum))], cancellation);

    public Task TriedAgainAsync(Authorisation it, Invoice invoice, Error error, CollectionRun run, CancellationToken cancellation) =>
        SendAsync(it, invoice, NoticeKind.AutomaticPaymentRetried, Attempt(run), [("reason", error.Code)], cancellation);

    public Task GivenUpAsync(Authorisation it, Invoice invoice, Error error, CollectionRun run, CancellationToken cancellation) =>
        SendAsync(it, invoice, NoticeKind.AutomaticPaymentFailed, Attempt(run), [("reason", error.Code)], cancellation);

    /// <summary>The company could not be asked on any of the days: nobody knows of which invoices.</summary>
    public async Task CompanyAwayAsync(Authorisation it, CollectionRun run, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string>
        {
            ["company"] = companies.Of(it.Account.Company).Name,
            ["contract"] = await NameAsync(it, cancellation),
        };
        var id = NoticeId.Of(nameof(NoticeKind.CompanyUnreachable), it.Id.Value.ToString("N"), Attempt(run));
        await send.RunAsync(new Notice(id, it.Customer, NoticeChannel.Push, NoticeKind.CompanyUnreachable, facts, "bills/contracts"), cancellation);
    }

    private async Task SendAsync(
        Authorisation it, Invoice invoice, NoticeKind kind, string occasion, (string Name, string Value)[] more, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string>
        {
            ["company"] = companies.Of(it.Account.Company).Name,
            ["contract"] = await NameAsync(it, cancellation),
            ["invoiceNumber"] = invoice.Number,
            ["amount"] = Words.Amount(invoice.Total),
        };
        foreach (var (name, value) in more)
            facts[name] = value;
        var id = NoticeId.Of(kind.ToString(), it.Id.Value.ToString("N"), invoice.Number, occasion);
        var link = $"bills/authorisations/{it.Id}/invoices/{invoice.Number}";
        await send.RunAsync(new Notice(id, it.Customer, NoticeChannel.Push, kind, facts, link), cancellation);
    }

    /// <summary>The customer's own name of it, or the subscriber number as the institution gave it.</summary>
    private async Task<string> NameAsync(Authorisation it, CancellationToken cancellation) =>
        (await contracts.FindAsync(it.Customer, ContractId.Of(it.Customer, it.Account), cancellation))?.Name ?? it.Account.ClientCode;

    private static string Attempt(CollectionRun run) => $"{Day(run.Cycle)}/{run.Attempt}";

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
