using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>What is unpaid on a client account, and the account to pay it from.</summary>
/// <param name="Contract">Null when the account was looked up without one.</param>
/// <param name="Invoices">Unpaid, or being paid by a payment under way; oldest first; none is a normal answer.</param>
/// <param name="ProposedAccount">The customer's main account; null when the customer has no account that can be debited.</param>
/// <param name="AsOf">When the company said so.</param>
/// <param name="IsStale">The company does not answer now: this is the last it said.</param>
public sealed record UnpaidInvoices(
    ClientAccount Account, Contract? Contract, string SubscriberName, IReadOnlyList<Invoice> Invoices, Account? ProposedAccount, Instant AsOf, bool IsStale);

/// <summary>The unpaid invoices of a contract as the company reports them (BILL-06), or of any client code (BILL-08).</summary>
public sealed class ListUnpaidInvoices
{
    private readonly CompanyCatalogue companies;
    private readonly BillerClient billers;
    private readonly ContractTable contracts;
    private readonly InvoiceTable invoices;
    private readonly ListAccounts accounts;
    private readonly TimeProvider time;

    internal ListUnpaidInvoices(
        CompanyCatalogue companies, BillerClient billers, ContractTable contracts, InvoiceTable invoices, ListAccounts accounts, TimeProvider time) =>
        (this.companies, this.billers, this.contracts, this.invoices, this.accounts, this.time) = (companies, billers, contracts, invoices, accounts, time);

    /// <returns>The list, stale when the company does not answer. Or, first match: <see cref="ContractNotFound"/>, <see cref="ClientCodeUnknown"/>
    /// (the company has closed the account since), <see cref="CompanyUnavailable"/> (and there is no earlier list).</returns>
    public async Task<Result<UnpaidInvoices>> OfContractAsync(CustomerId customer, ContractId id, CancellationToken cancellation)
    {
        // The account to propose does not depend on the contract, so nobody waits for the one before the other is looked for.
        var proposed = ProposeAsync(accounts, customer, cancellation);
        if (await contracts.FindAsync(customer, id, cancellation) is not { } contract)
        {
            await proposed;
            return new ContractNotFound();
        }

        var asked = billers.ListUnpaidAsync(contract.Account, cancellation);
        var known = await invoices.ReadAsync(contract.Account, cancellation);
        var reported = await asked;
        if (reported.IsSuccess)
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            await invoices.RecordAsync(known, reported.Value, now, cancellation);
            return new UnpaidInvoices(
                contract.Account, contract, reported.Value.SubscriberName, known.Open(reported.Value.Invoices), await proposed, now, IsStale: false);
        }

        if (reported.Error is CompanyUnavailable && known.AsOf is { } asOf)
            return new UnpaidInvoices(contract.Account, contract, known.SubscriberName, known.Open(), await proposed, asOf, IsStale: true);
        return reported.Error;
    }

    /// <returns>The list, never stale. Or, first match: <see cref="CompanyUnknown"/>, <see cref="SmartCardNumber"/>,
    /// <see cref="ClientCodeMalformed"/>, <see cref="ClientCodeUnknown"/>, <see cref="CompanyUnavailable"/>.</returns>
    /// <remarks>Keeps nothing: nobody registered the code.</remarks>
    public async Task<Result<UnpaidInvoices>> OfClientCodeAsync(CustomerId customer, string company, string clientCode, CancellationToken cancellation)
    {
        var account = companies.Check(company, clientCode, "company", "clientCode");
        if (!account.IsSuccess)
            return account.Error;

        var proposed = ProposeAsync(accounts, customer, cancellation);
        var asked = billers.ListUnpaidAsync(account.Value, cancellation);
        var known = await invoices.ReadAsync(account.Value, cancellation);
        var reported = await asked;
        return reported.IsSuccess
            ? new UnpaidInvoices(
                account.Value, null, reported.Value.SubscriberName, known.Open(reported.Value.Invoices), await proposed,
                Instant.FromDateTimeOffset(time.GetUtcNow()), IsStale: false)
            : reported.Error;
    }

    /// <summary>The main account, or the first that can be debited.</summary>
    internal static async Task<Account?> ProposeAsync(ListAccounts accounts, CustomerId customer, CancellationToken cancellation) =>
        (await accounts.RunAsync(customer, cancellation)).FirstOrDefault(account => account.Status == AccountStatus.Active);
}
