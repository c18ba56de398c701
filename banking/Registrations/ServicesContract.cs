using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Registrations;

/// <summary>The contract for banking services that a client signed at a branch (KSHBI); without it nobody registers (ONB-02).</summary>
/// <param name="MayPay">False for a client who wants to look only.</param>
public sealed record ServicesContract(CustomerId Customer, LocalDate SignedOn, bool MayPay);

/// <summary>The contracts, a row in the customer's partition of the credentials.</summary>
internal sealed class ContractTable(BankTables tables)
{
    private TableClient Table => tables.Open(CredentialKeys.Table);

    public async Task<ServicesContract?> FindAsync(CustomerId customer, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(CredentialKeys.Partition(customer), CredentialKeys.Contract, null, cancellation);
        return found.HasValue
            ? new ServicesContract(
                customer, NodaTime.Text.LocalDatePattern.Iso.Parse(found.Value!.GetString("SignedOn")!).GetValueOrThrow(), found.Value.GetBoolean("MayPay") ?? false)
            : null;
    }

    /// <summary>For somebody who has not become a customer after all.</summary>
    public Task RemoveAsync(CustomerId customer, CancellationToken cancellation) =>
        Table.TryDeleteAsync(CredentialKeys.Partition(customer), CredentialKeys.Contract, Azure.ETag.All, cancellation);

    public Task SaveAsync(ServicesContract contract, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(CredentialKeys.Partition(contract.Customer), CredentialKeys.Contract)
        {
            ["SignedOn"] = NodaTime.Text.LocalDatePattern.Iso.Format(contract.SignedOn),
            ["MayPay"] = contract.MayPay,
        },
        TableUpdateMode.Replace, cancellation);
}

/// <summary>An officer notes that a client has signed.</summary>
public sealed class SaveServicesContract
{
    private readonly ContractTable contracts;
    private readonly FindContactDetails contacts;
    private readonly RecordAudit audit;

    internal SaveServicesContract(ContractTable contracts, FindContactDetails contacts, RecordAudit audit) =>
        (this.contracts, this.contacts, this.audit) = (contracts, contacts, audit);

    /// <remarks>Of a customer who is registered already it changes nothing until the rights are changed.</remarks>
    /// <returns>Or <see cref="ClientNotFound"/>.</returns>
    public async Task<Result<ServicesContract>> RunAsync(ServicesContract contract, AuditActor officer, CancellationToken cancellation)
    {
        if (await contacts.RunAsync(contract.Customer, cancellation) is null)
            return new ClientNotFound();
        await audit.RunAsync(
            new AuditEvent(officer, "services_contract_noted", $"customer/{contract.Customer.Value}")
            {
                After = $"signed on {NodaTime.Text.LocalDatePattern.Iso.Format(contract.SignedOn)}, {(contract.MayPay ? "payment" : "info")}",
            },
            cancellation);
        await contracts.SaveAsync(contract, cancellation);
        return contract;
    }
}
