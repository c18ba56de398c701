using NodaTime;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <param name="Alias">Null for none.</param>
/// <param name="Name">First and last name.</param>
/// <param name="Account">An IBAN, or an account number of this bank; abroad by bank name, any number.</param>
/// <param name="Country">Null: the account says it. Else the country of a bank abroad (TRF-04).</param>
public sealed record NewBeneficiary(
    CustomerId Customer, IdempotencyKey Key, string RequestHash, string? Alias, string Name, string Account, string? Country);

/// <summary>Registers a payee (TRF-03, TRF-04), whom paying takes no factor from then on: the caller has had this confirmed strongly.</summary>
public sealed class AddBeneficiary
{
    private readonly BeneficiaryTable table;
    private readonly AccountDirectory directory;
    private readonly BankDirectory banks;
    private readonly TimeProvider time;

    internal AddBeneficiary(BeneficiaryTable table, AccountDirectory directory, BankDirectory banks, TimeProvider time) =>
        (this.table, this.directory, this.banks, this.time) = (table, directory, banks, time);

    /// <returns>The beneficiary; for a repeated key the first answer. Or, first match: <see cref="CountryUnknown"/>, <see cref="IbanInvalid"/>,
    /// <see cref="BeneficiaryAccountUnknown"/>, <see cref="IdempotencyKeyReused"/>, <see cref="BeneficiaryExists"/>.</returns>
    public async Task<Result<Beneficiary>> RunAsync(NewBeneficiary wanted, CancellationToken cancellation)
    {
        var described = await DescribeAsync(wanted, cancellation);
        return described.IsSuccess ? await table.AddAsync(described.Value, wanted.Key, wanted.RequestHash, cancellation) : described;
    }

    private async Task<Result<Beneficiary>> DescribeAsync(NewBeneficiary wanted, CancellationToken cancellation)
    {
        var iban = directory.Read(wanted.Account);
        if (wanted.Country is { } country)
        {
            if (!Countries.IsKnown(country) || country == "AL")
                return new CountryUnknown("/country");
            var number = (iban is null || !iban.Electronic.StartsWith(country, StringComparison.Ordinal) ? wanted.Account : iban.Electronic)
                .Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
            return Of(wanted, BeneficiaryType.International, number, number, country, null, null);
        }

        if (iban is null)
            return new IbanInvalid("/account");
        if (!directory.IsOwn(iban))
        {
            var bank = banks.Find(iban) is { } known ? new PayeeBank(known.Name, known.City, known.Address, known.Country, known.Bic.Code) : null;
            var albanian = iban.Electronic.StartsWith("AL", StringComparison.Ordinal);
            return Of(
                wanted, albanian ? BeneficiaryType.National : BeneficiaryType.International, iban.Electronic, iban.Electronic, iban.Electronic[..2], bank, null);
        }

        return await directory.FindAsync(iban, cancellation) is { Status: not AccountStatus.Closed } book
            ? Of(wanted, BeneficiaryType.Inside, iban.Electronic, book.Id.ToString(), "AL", null, book.Id)
            : new BeneficiaryAccountUnknown("/account");
    }

    private Beneficiary Of(
        NewBeneficiary wanted, BeneficiaryType type, string account, string identity, string country, PayeeBank? bank, AccountId? id) => new(
        BeneficiaryId.Of(wanted.Customer, identity), wanted.Customer, type, wanted.Alias, wanted.Name, account, country, bank, null,
        Instant.FromDateTimeOffset(time.GetUtcNow()), id, IsTrusted: true);
}
