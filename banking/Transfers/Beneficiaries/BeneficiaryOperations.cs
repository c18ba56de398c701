using Serverless.Banking.Text;

namespace Serverless.Banking.Transfers;

/// <summary>One registered payee of a customer.</summary>
public sealed class FindBeneficiary
{
    private readonly BeneficiaryTable table;

    internal FindBeneficiary(BeneficiaryTable table) => this.table = table;

    /// <returns>Or <see cref="BeneficiaryNotFound"/>, also when it is somebody else's.</returns>
    public async Task<Result<Beneficiary>> RunAsync(CustomerId customer, BeneficiaryId id, CancellationToken cancellation) =>
        await table.FindAsync(customer, id, cancellation) is { } beneficiary ? beneficiary : new BeneficiaryNotFound();
}

/// <summary>Lists and searches a customer's registered payees (TRF-02).</summary>
public sealed class ListBeneficiaries
{
    private readonly BeneficiaryTable table;

    internal ListBeneficiaries(BeneficiaryTable table) => this.table = table;

    /// <param name="search">Part of alias, name or account; capitals, accents and the account's spaces do not count. Null for all.</param>
    /// <param name="type">Only those that this kind of transfer can use; null for all.</param>
    /// <returns>By what the customer calls them.</returns>
    public async Task<Page<Beneficiary>> RunAsync(
        CustomerId customer, string? search, BeneficiaryType? type, PageRequest page, CancellationToken cancellation)
    {
        var words = SearchWords.Of(search ?? "");
        var compact = (search ?? "").Replace(" ", "", StringComparison.Ordinal);
        var found = (await table.ListAsync(customer, cancellation))
            .Where(one => type is null || one.Type == type)
            .Where(one => search is null
                || (words.Length > 0 && SearchWords.Of($"{one.Alias}\n{one.Name}").Contains(words, StringComparison.Ordinal))
                || (compact.Length > 0 && one.Account.Contains(compact, StringComparison.OrdinalIgnoreCase)))
            .Select(one => (Place: $"{SearchWords.Of(one.Alias ?? one.Name)}|{one.Id}", Beneficiary: one))
            .OrderBy(one => one.Place, StringComparer.Ordinal)
            .Where(one => page.After is null || string.CompareOrdinal(one.Place, page.After) > 0)
            .Take(page.Limit + 1)
            .ToList();
        return new Page<Beneficiary>(
            [.. found.Take(page.Limit).Select(one => one.Beneficiary)], found.Count > page.Limit ? found[page.Limit - 1].Place : null);
    }
}

/// <summary>Changes what the customer calls a payee (TRF-43). Transfers made and periodic ones keep their own copy of the data.</summary>
public sealed class RenameBeneficiary
{
    private readonly BeneficiaryTable table;

    internal RenameBeneficiary(BeneficiaryTable table) => this.table = table;

    /// <param name="alias">Null takes it away.</param>
    /// <returns>Or <see cref="BeneficiaryNotFound"/>.</returns>
    public async Task<Result<Beneficiary>> RunAsync(CustomerId customer, BeneficiaryId id, string? alias, CancellationToken cancellation) =>
        await table.RenameAsync(customer, id, alias, cancellation) is { } renamed ? renamed : new BeneficiaryNotFound();
}

/// <summary>Forgets a payee (TRF-43). Transfers made and periodic ones keep their own copy of the data.</summary>
public sealed class RemoveBeneficiary
{
    private readonly BeneficiaryTable table;

    internal RemoveBeneficiary(BeneficiaryTable table) => this.table = table;

    /// <returns>Or <see cref="BeneficiaryNotFound"/>, also when it was removed before.</returns>
    public async Task<Result<Nothing>> RunAsync(CustomerId customer, BeneficiaryId id, CancellationToken cancellation) =>
        await table.RemoveAsync(customer, id, cancellation) ? default(Nothing) : new BeneficiaryNotFound();
}

/// <summary>Registers the payee of a transfer whose customer wanted it so (TRF-06). One that is registered stays as it is. No exemption holds for such a transfer.</summary>
internal sealed class SaveBeneficiaryFollowUp(BeneficiaryTable table, TimeProvider time) : ITransferFollowUp
{
    public async Task RunAsync(Transfer settled, bool saveBeneficiary, CancellationToken cancellation)
    {
        if (!saveBeneficiary || settled.Kind is not (TransferKind.Inside or TransferKind.National or TransferKind.International))
            return;
        var to = settled.To;
        var type = settled.Kind switch
        {
            TransferKind.Inside => BeneficiaryType.Inside,
            TransferKind.National => BeneficiaryType.National,
            _ => BeneficiaryType.International,
        };
        var country = to.Bank?.Country ?? (type == BeneficiaryType.International && to.Account.Length > 2 ? to.Account[..2] : "AL");
        await table.AddAsync(
            new Beneficiary(
                BeneficiaryId.Of(settled.Customer, to.AccountId?.ToString() ?? to.Account), settled.Customer, type, null,
                to.Name.Length > 0 ? to.Name : to.Account, to.Account, country, to.Bank, to.Address,
                NodaTime.Instant.FromDateTimeOffset(time.GetUtcNow()), to.AccountId, IsTrusted: true),
            cancellation);
    }
}
