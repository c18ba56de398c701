using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <param name="RequestHash">Tells a retry from another registration under the same key.</param>
/// <param name="Name">1 to 60 characters.</param>
public sealed record ContractRegistration(
    CustomerId Customer, IdempotencyKey Key, string RequestHash, string Company, string ClientCode, string Name);

/// <summary>Registers a client code of a company under a name chosen by the customer (BILL-02).</summary>
public sealed class RegisterContract
{
    private readonly CompanyCatalogue companies;
    private readonly BillerClient billers;
    private readonly ContractTable contracts;
    private readonly InvoiceTable invoices;
    private readonly InvoiceSubscriptions subscriptions;
    private readonly TimeProvider time;

    internal RegisterContract(
        CompanyCatalogue companies, BillerClient billers, ContractTable contracts, InvoiceTable invoices, InvoiceSubscriptions subscriptions, TimeProvider time) =>
        (this.companies, this.billers, this.contracts, this.invoices, this.subscriptions, this.time) =
        (companies, billers, contracts, invoices, subscriptions, time);

    /// <returns>The contract. Or, first match: <see cref="CompanyUnknown"/>, <see cref="SmartCardNumber"/>, <see cref="ClientCodeMalformed"/>,
    /// <see cref="IdempotencyKeyReused"/>, <see cref="ContractAlreadyRegistered"/>, <see cref="ClientCodeUnknown"/>, <see cref="CompanyUnavailable"/>.</returns>
    /// <remarks>
    /// The same key and request again give the contract as it was registered. What is unpaid now counts as seen: only later invoices are new.
    /// Writes the index first and the contract last; a killed registration leaves index rows that name no contract. Three storage calls in a row.
    /// </remarks>
    public async Task<Result<Contract>> RunAsync(ContractRegistration registration, CancellationToken cancellation)
    {
        var checkedAccount = companies.Check(registration.Company, registration.ClientCode);
        if (!checkedAccount.IsSuccess)
            return checkedAccount.Error;

        var account = checkedAccount.Value;
        var id = ContractId.Of(registration.Customer, account);
        var earlier = contracts.FindByKeyAsync(registration.Customer, registration.Key, cancellation);
        var existing = contracts.FindAsync(registration.Customer, id, cancellation);
        var known = invoices.ReadAsync(account, cancellation);
        await Task.WhenAll(earlier, existing, known);
        if (await earlier is { } answered)
            return Repeat(answered, registration);
        if (await existing is not null)
            return await RefuseAsync(registration, id, cancellation);

        var unpaid = await billers.ListUnpaidAsync(account, cancellation);
        if (!unpaid.IsSuccess)
            return unpaid.Error;

        var now = time.GetUtcNow();
        var contract = new Contract(id, registration.Customer, account, registration.Name, Instant.FromDateTimeOffset(now));
        await subscriptions.AddAsync(contract, await known, unpaid.Value, now, cancellation);
        if (await contracts.AddAsync(contract, registration.Key, registration.RequestHash, cancellation))
            return contract;

        return await RefuseAsync(registration, id, cancellation);
    }

    /// <summary>The contract is there: by this key (a lost race, or a try whose answer was lost), which is looked at now that it is, or by another.</summary>
    private async Task<Result<Contract>> RefuseAsync(ContractRegistration registration, ContractId id, CancellationToken cancellation) =>
        await contracts.FindByKeyAsync(registration.Customer, registration.Key, cancellation) is { } first
            ? Repeat(first, registration)
            : new ContractAlreadyRegistered(id);

    private static Result<Contract> Repeat((Contract Contract, string RequestHash) first, ContractRegistration registration) =>
        first.RequestHash == registration.RequestHash ? first.Contract : new IdempotencyKeyReused();
}
