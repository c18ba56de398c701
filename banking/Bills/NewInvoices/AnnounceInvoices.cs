using Azure.Data.Tables;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>The new-invoice rule (BILL-10): one push per contract and invoice number that was not seen before.</summary>
/// <remarks>
/// The notice is taken into the outbox before the invoice is marked as seen, and its id is made of contract and number: killed in between,
/// it is found new again and meets its own notice. Who switched the push off is left alone by the outbox (BILL-26).
/// </remarks>
public sealed class AnnounceInvoices
{
    private readonly InvoiceSubscriptions subscriptions;
    private readonly InvoiceReminders reminders;
    private readonly InvoiceTable invoices;
    private readonly ContractTable contracts;
    private readonly AuthorisationTable authorisations;
    private readonly CollectionNotices collectionNotices;
    private readonly CompanyCatalogue companies;
    private readonly SendNotice send;
    private readonly TableClient table;

    internal AnnounceInvoices(
        InvoiceSubscriptions subscriptions,
        InvoiceReminders reminders,
        InvoiceTable invoices,
        ContractTable contracts,
        AuthorisationTable authorisations,
        CollectionNotices collectionNotices,
        CompanyCatalogue companies,
        SendNotice send,
        BankTables tables)
    {
        (this.subscriptions, this.reminders, this.invoices, this.contracts, this.authorisations) =
            (subscriptions, reminders, invoices, contracts, authorisations);
        (this.collectionNotices, this.companies, this.send) = (collectionNotices, companies, send);
        table = tables.Open(InvoiceKeys.Table);
    }

    /// <summary>An invoice that the company reported by itself (BILL-27); nothing when nobody here wants to hear of the account.</summary>
    public async Task RunAsync(Invoice invoice, CancellationToken cancellation)
    {
        var audience = await FindAudienceAsync(invoice.Account, cancellation);
        await RunAsync(audience, [invoice], cancellation);
    }

    /// <param name="reported">Unpaid invoices of the audience's account.</param>
    internal async Task RunAsync(Audience audience, IReadOnlyList<Invoice> reported, CancellationToken cancellation)
    {
        if (audience.Count == 0 || reported.Count == 0)
            return;
        foreach (var contract in audience.Contracts)
            await AnnounceAsync(contract, reported, cancellation);
        if (audience.Reminded.Count == 0)
            return;

        var known = await invoices.ReadAsync(reported[0].Account, cancellation);
        foreach (var it in audience.Reminded)
        {
            foreach (var invoice in reported.Select(known.WithClaim).Where(invoice => invoice.State == InvoiceState.Unpaid))
                await collectionNotices.RemindOnceAsync(it, invoice, cancellation);
        }
    }

    /// <summary>Who wants to hear of the account. Pointers that lead nowhere any more are dropped on the way.</summary>
    internal async Task<Audience> FindAudienceAsync(ClientAccount account, CancellationToken cancellation)
    {
        List<Contract> registered = [];
        foreach (var (customer, id) in await subscriptions.ListAsync(account, cancellation))
        {
            if (await contracts.FindAsync(customer, id, cancellation) is { } contract)
                registered.Add(contract);
        }

        List<Authorisation> reminded = [];
        foreach (var reminder in await reminders.ListAsync(account, cancellation))
        {
            if (await authorisations.FindAsync(reminder.Customer, reminder.Authorisation, cancellation) is { It: var it } && InvoiceReminders.IsFor(it))
                reminded.Add(it);
            else
                await reminders.DropAsync(reminder, cancellation);
        }

        return new Audience(registered, reminded);
    }

    private async Task AnnounceAsync(Contract contract, IReadOnlyList<Invoice> reported, CancellationToken cancellation)
    {
        var seen = await SeenAsync(contract, cancellation);
        var fresh = reported.Where(invoice => !seen.Contains(invoice.Number)).ToArray();
        if (fresh.Length == 0)
            return;
        foreach (var invoice in fresh)
            await PushAsync(contract, invoice, cancellation);

        var partition = InvoiceKeys.Partition(contract.Account);
        await invoices.UpsertAsync(
            [.. fresh.Select(invoice => new SeenRow { PartitionKey = partition, RowKey = InvoiceKeys.Seen(contract.Id, invoice.Number) })], cancellation);
    }

    private Task<bool> PushAsync(Contract contract, Invoice invoice, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string>
        {
            ["company"] = companies.Of(contract.Account.Company).Name,
            ["contract"] = contract.Name,
            ["amount"] = Words.Amount(invoice.Total),
            ["invoiceDate"] = Words.Date(invoice.IssuedOn),
        };
        var id = NoticeId.Of(nameof(NoticeKind.NewInvoice), contract.Id.Value.ToString("N"), invoice.Number);
        var link = $"bills/contracts/{contract.Id}/invoices/{invoice.Number}";
        return send.RunAsync(new Notice(id, contract.Customer, NoticeChannel.Push, NoticeKind.NewInvoice, facts, link), cancellation);
    }

    private async Task<HashSet<string>> SeenAsync(Contract contract, CancellationToken cancellation)
    {
        var first = InvoiceKeys.Seen(contract.Id, "");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {InvoiceKeys.Partition(contract.Account)} and RowKey ge {first} and RowKey lt {first + "~"}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<SeenRow>(filter, select: ["RowKey"], cancellationToken: cancellation))
            seen.Add(row.RowKey[first.Length..]);
        return seen;
    }
}

/// <param name="Contracts">Get a push for each new invoice.</param>
/// <param name="Reminded">Manual authorisations without a fixed day.</param>
internal sealed record Audience(IReadOnlyList<Contract> Contracts, IReadOnlyList<Authorisation> Reminded)
{
    public int Count => Contracts.Count + Reminded.Count;
}
