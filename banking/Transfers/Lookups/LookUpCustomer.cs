using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Text;

namespace Serverless.Banking.Transfers;

/// <summary>By what a customer is looked up; exactly one of them.</summary>
/// <param name="Account">IBAN or account number.</param>
public sealed record CustomerLookup(CustomerId Customer, string Channel, string? CustomerNumber, string? PersonalNumber, string? Account);

/// <summary>A customer of the bank as another one may see him.</summary>
/// <param name="Name">Masked.</param>
/// <param name="Accounts">Those that can be credited, the oldest first; at least one.</param>
public sealed record FoundCustomer(string Name, IReadOnlyList<FoundAccount> Accounts);

/// <param name="Reference">Names the account to this caller only, for an hour.</param>
/// <param name="Account">The IBAN, masked.</param>
public sealed record FoundAccount(string Reference, Currency Currency, string Account);

/// <summary>Finds the receiving customer of a transfer within the bank (TRF-10): counted and audited (TRF-42).</summary>
public sealed class LookUpCustomer
{
    private readonly AccountDirectory directory;
    private readonly ListAccounts accounts;
    private readonly FindContactDetails contacts;
    private readonly FindCustomerByPersonalNumber persons;
    private readonly InsidePayees payees;
    private readonly LookupGuard guard;

    internal LookUpCustomer(
        AccountDirectory directory, ListAccounts accounts, FindContactDetails contacts, FindCustomerByPersonalNumber persons, InsidePayees payees, LookupGuard guard) =>
        (this.directory, this.accounts, this.contacts, this.persons, this.payees, this.guard) = (directory, accounts, contacts, persons, payees, guard);

    /// <returns>The customer. Or, first match: <see cref="LookupKeyNotOne"/>, <see cref="LookupKeyMalformed"/>, <see cref="TooManyRequests"/>,
    /// <see cref="PayeeNotFound"/>: the same for no such customer, no such account, and none that can be credited.</returns>
    public async Task<Result<FoundCustomer>> RunAsync(CustomerLookup lookup, CancellationToken cancellation)
    {
        var number = CustomerId.Find(lookup.CustomerNumber);
        var person = PersonalNumber.Find(lookup.PersonalNumber);
        var iban = lookup.Account is { } text ? directory.Read(text) : null;
        var malformed = (lookup.CustomerNumber, lookup.PersonalNumber, lookup.Account) switch
        {
            ({ }, null, null) => number is null ? "/customerNumber" : null,
            (null, { }, null) => person is null ? "/personalNumber" : null,
            (null, null, { }) => iban is null ? "/account" : null,
            _ => "",
        };
        if (malformed is not null)
            return malformed.Length == 0 ? new LookupKeyNotOne("") : new LookupKeyMalformed(malformed);

        var by = number is not null ? "customer_number" : person is not null ? "personal_number" : "account";
        var allowed = await guard.EnterAsync(lookup.Customer, "customer", cancellation);
        if (!allowed.IsSuccess)
            return allowed.Error;

        var book = iban is null ? null : await directory.FindAsync(iban, cancellation);
        var customer = number ?? book?.Owner ?? (person is { } his ? await persons.RunAsync(his, cancellation) : null);
        var found = customer is { } known
            ? (await accounts.RunAsync(known, cancellation))
                .Where(account => PostingRules.CanCredit(account.Status) && (book is null || account.Id == book.Id)).ToList()
            : [];
        await guard.LeaveAsync(lookup.Customer, lookup.Channel, "customer", by, found.Count > 0 ? customer : null, cancellation);
        if (found.Count == 0)
            return new PayeeNotFound();
        var name = (await contacts.RunAsync(customer!.Value, cancellation))?.Name;
        return new FoundCustomer(
            Masked.Name(name),
            [.. found.Select(account => new FoundAccount(payees.Refer(lookup.Customer, account.Id), account.Currency, Masked.Account(account.Iban.Electronic)))]);
    }
}

/// <summary>Every look-up of other people's data is counted before it is made, and written down before it is answered (TRF-42).</summary>
internal sealed class LookupGuard(Serverless.Banking.RateLimits.RateLimits limits, RecordAudit audit, IOptions<TransfersOptions> options)
{
    /// <returns>Or <see cref="TooManyRequests"/>.</returns>
    public Task<Result<Nothing>> EnterAsync(CustomerId customer, string what, CancellationToken cancellation) =>
        limits.TakeAsync(customer, new RateLimit($"{what}-lookup", options.Value.LookupsPerHour, Duration.FromHours(1)), cancellation);

    /// <param name="by">Which kind of key was used; the key itself is not written down.</param>
    /// <param name="found">Null when nobody was.</param>
    public Task LeaveAsync(CustomerId customer, string channel, string what, string by, CustomerId? found, CancellationToken cancellation) =>
        audit.RunAsync(
            new AuditEvent(AuditActor.Customer(customer, channel), $"{what}_looked_up", found is { } id ? $"customer/{id}" : "customer/none") { After = by }, cancellation);
}

/// <summary>Exactly one key is wanted.</summary>
public sealed record LookupKeyNotOne(string Field) : Invalid("lookup_key_not_one", Field);

/// <summary>Nine digits; a letter, eight digits and a letter; or an IBAN or account number of this bank.</summary>
public sealed record LookupKeyMalformed(string Field) : Invalid("lookup_key_malformed", Field);
