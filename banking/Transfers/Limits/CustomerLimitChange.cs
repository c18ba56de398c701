using Azure;
using Serverless.Banking.Approvals;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <summary>Limits of a customer's own, instead of the bank's (TRF-36); two members of staff set them.</summary>
public static class CustomerLimits
{
    internal const string Kind = "transfer_limits";

    /// <param name="scope">As in the settings: <c>inside</c>, <c>inside-untrusted</c>, <c>default</c>.</param>
    /// <param name="rule">What it leaves null is the bank's; all null takes the customer's own away.</param>
    public static ChangeProposal Propose(string key, CustomerId customer, string scope, LimitRule rule, string reason) => new(
        key, Kind, $"customer/{customer.Value}/limits/{scope}", StoredJson.Write(new Content(customer, scope, rule)), Tell(rule), reason);

    internal static string Tell(LimitRule? rule) => rule is null
        ? "the bank's"
        : $"transfer {rule.PerTransfer}, day {rule.PerDay}, month {rule.PerMonth} ALL; {rule.PerHour} an hour";

    internal sealed record Content(CustomerId Customer, string Scope, LimitRule Rule);
}

internal sealed class CustomerLimitChange(LimitBooks books, BankTables tables) : IChangeHandler
{
    private const int TriesAtMost = 12;

    public string Kind => CustomerLimits.Kind;

    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var wanted = StoredJson.Read<CustomerLimits.Content>(content);
        var book = await books.ReadAsync(wanted.Customer, cancellation);
        return CustomerLimits.Tell(book.Own.GetValueOrDefault(wanted.Scope));
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var wanted = StoredJson.Read<CustomerLimits.Content>(change.Content);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var book = await books.ReadAsync(wanted.Customer, cancellation);
            var own = new Dictionary<string, LimitRule>(book.Own);
            own.Remove(wanted.Scope);
            if (wanted.Rule is not { PerTransfer: null, PerDay: null, PerMonth: null, PerHour: null })
                own[wanted.Scope] = wanted.Rule;
            try
            {
                await tables.Open(TransferKeys.Table).SubmitTransactionAsync([(book with { Own = own }).ToAction()], cancellation);
                books.Forget(wanted.Customer);
                return CustomerLimits.Tell(own.GetValueOrDefault(wanted.Scope));
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                // A transfer was ordered meanwhile: read again.
            }
        }

        return new Ledger.AccountBusy();
    }
}
