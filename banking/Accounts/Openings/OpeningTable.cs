using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

/// <summary>Orders to open an account: one row each in the customer's partition, one for its key, and the day's count that lets one through at a time.</summary>
internal sealed class OpeningTable(BankTables tables)
{
    private readonly TableClient table = tables.Open(AccountKeys.Table);

    public async Task<Opening?> FindAsync(CustomerId customer, AccountId account, CancellationToken cancellation) =>
        await GetAsync(customer, AccountKeys.Opening(account), cancellation) is { } row ? Read(customer, account, row) : null;

    /// <returns>What the key was used for; null when it was not.</returns>
    public async Task<(AccountId Account, string RequestHash)?> FindKeyAsync(CustomerId customer, IdempotencyKey key, CancellationToken cancellation) =>
        await GetAsync(customer, AccountKeys.OpeningKey(key), cancellation) is { } row
            ? (new AccountId(Guid.ParseExact(row.GetString("Account")!, "N")), row.GetString("RequestHash")!)
            : null;

    public async Task<OpeningCount> CountAsync(CustomerId customer, LocalDate day, CancellationToken cancellation) =>
        await GetAsync(customer, AccountKeys.Openings, cancellation) is { } row
            ? new OpeningCount(row.ETag, row.GetString("Day") == Text(day) ? row.GetInt32("Count") ?? 0 : 0)
            : new OpeningCount(null, 0);

    /// <summary>Accepts the order: from now on it is carried through. The account is listed when its book is there.</summary>
    /// <param name="count">As read before the limits were looked at.</param>
    /// <returns>False when somebody else was faster with the same key, the same quote, or another opening of the customer.</returns>
    public async Task<bool> AcceptAsync(Opening opening, IdempotencyKey key, OpeningCount count, LocalDate day, CancellationToken cancellation)
    {
        var partition = AccountKeys.Customer(opening.Customer);
        var number = new TableEntity(partition, AccountKeys.Openings) { ["Day"] = Text(day), ["Count"] = count.Today + 1 };
        return await table.TrySubmitAsync(
            [
                new(TableTransactionActionType.Add, Write(opening)),
                new(TableTransactionActionType.Add, new TableEntity(partition, AccountKeys.OpeningKey(key))
                {
                    ["Account"] = opening.Account.Value.ToString("N"),
                    ["RequestHash"] = opening.RequestHash,
                }),
                new(TableTransactionActionType.Add, new TableEntity(partition, AccountKeys.Account(opening.Account))
                {
                    [AccountKeys.BegunAt] = opening.AcceptedAt.ToUnixTimeMilliseconds(),
                }),
                count.ETag is { } etag
                    ? new(TableTransactionActionType.UpdateReplace, number, etag)
                    : new(TableTransactionActionType.Add, number),
            ],
            cancellation);
    }

    /// <summary>Writes down why the funding was refused, before its journal is voided: whoever comes back gives the same answer.</summary>
    /// <returns>The order with the failure that counts: the one written first.</returns>
    public async Task<Opening> SaveFailureAsync(Opening opening, Error failure, CancellationToken cancellation)
    {
        var now = (await FindAsync(opening.Customer, opening.Account, cancellation))!;
        if (now.Failure is not null)
            return now;
        try
        {
            var refused = now with { Failure = failure };
            await table.UpdateEntityAsync(Write(refused), now.ETag, TableUpdateMode.Replace, cancellation);
            return refused;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return (await FindAsync(opening.Customer, opening.Account, cancellation))!;
        }
    }

    /// <summary>After the journal was voided: the account that never came to be takes no place any more.</summary>
    public async Task UnlistAsync(Opening opening, CancellationToken cancellation)
    {
        // False: another run of the same order has done it.
        await table.TryDeleteAsync(AccountKeys.Customer(opening.Customer), AccountKeys.Account(opening.Account), ETag.All, cancellation);
    }

    private async Task<TableEntity?> GetAsync(CustomerId customer, string row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(AccountKeys.Customer(customer), row, null, cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static TableEntity Write(Opening opening) => new(AccountKeys.Customer(opening.Customer), AccountKeys.Opening(opening.Account))
    {
        ["Iban"] = opening.Iban.Electronic,
        ["Offer"] = StoredJson.Write(opening.Offer),
        ["AcceptedAt"] = opening.AcceptedAt.ToUnixTimeTicks(),
        ["ContractHash"] = opening.ContractHash,
        ["Key"] = opening.Key,
        ["RequestHash"] = opening.RequestHash,
        ["Failure"] = opening.Failure?.Code!,
        ["FailureFact"] = OpeningFailures.FactOf(opening.Failure)!,
    };

    private static Opening Read(CustomerId customer, AccountId account, TableEntity row) => new(
        account, customer, Iban.Of(row.GetString("Iban")!), StoredJson.Read<OpeningOffer>(row.GetString("Offer")!),
        Instant.FromUnixTimeTicks(row.GetInt64("AcceptedAt")!.Value), row.GetString("ContractHash")!,
        row.GetString("Failure") is { } code ? OpeningFailures.Restore(code, row.GetString("FailureFact")) : null)
    {
        Key = row.GetString("Key")!,
        RequestHash = row.GetString("RequestHash")!,
        ETag = row.ETag,
    };

    private static string Text(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}

/// <param name="ETag">Null when the customer has opened nothing yet.</param>
internal sealed record OpeningCount(ETag? ETag, int Today);
