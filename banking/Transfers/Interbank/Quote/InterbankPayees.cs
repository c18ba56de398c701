using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

internal sealed record InterbankPayee(Payee Payee, PayeeStanding Standing);

/// <summary>Turns what the customer said about a payee at another bank into one that a message can name.</summary>
internal sealed partial class InterbankPayees(BankDirectory directory, BeneficiaryTable beneficiaries, IOptions<AccountsOptions> accounts)
{
    /// <returns>The payee. Or <see cref="InvalidInput"/> with all of <see cref="IbanInvalid"/>, <see cref="IbanOfThisBank"/>, <see cref="IbanNotAlbanian"/> or
    /// <see cref="IbanAlbanian"/>, <see cref="AccountNumberMalformed"/>, <see cref="CountryUnknown"/>, <see cref="BicMalformed"/>, <see cref="BicOfAnotherCountry"/>;
    /// or <see cref="BankNotFound"/>, <see cref="BeneficiaryNotFound"/>, <see cref="BeneficiaryTypeMismatch"/>.</returns>
    public async Task<Result<InterbankPayee>> FindAsync(
        CustomerId customer, InterbankPayeeChoice choice, TransferKind kind, string? phone, CancellationToken cancellation) =>
        choice switch
        {
            InterbankPayeeChoice.Registered by => await OfBeneficiaryAsync(customer, by.Beneficiary, kind, phone, cancellation),
            _ => Describe(choice, kind, phone).Then<InterbankPayee>(payee => new InterbankPayee(payee, PayeeStanding.Other)),
        };

    private Result<Payee> Describe(InterbankPayeeChoice choice, TransferKind kind, string? phone) =>
        choice switch
        {
            InterbankPayeeChoice.ByIban by => ByIban(by, kind, phone),
            InterbankPayeeChoice.ByBank by => ByBank(by, phone),
            _ => throw new ArgumentOutOfRangeException(nameof(choice)),
        };

    /// <summary>What is wrong with a payee as described; nothing with one who is registered.</summary>
    public IReadOnlyList<Invalid> FindFaults(InterbankPayeeChoice choice, TransferKind kind) => choice switch
    {
        InterbankPayeeChoice.ByIban by => [.. FaultsOf(by, kind)],
        InterbankPayeeChoice.ByBank by => [.. FaultsOf(by)],
        _ => [],
    };

    private Result<Payee> ByIban(InterbankPayeeChoice.ByIban by, TransferKind kind, string? phone)
    {
        if (FindFaults(by, kind) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        var iban = Iban.Of(by.Iban);
        return directory.Find(iban) is { } bank
            ? new Payee(
                $"{by.FirstName.Trim()} {by.LastName.Trim()}", iban.Electronic, Phone: phone, Address: by.Address,
                Bank: new PayeeBank(bank.Name, bank.City, bank.Address, bank.Country, bank.Bic.Code))
            : new BankNotFound(kind == TransferKind.International ? "international_transfer_by_bank" : "branch");
    }

    private IEnumerable<Invalid> FaultsOf(InterbankPayeeChoice.ByIban by, TransferKind kind)
    {
        var iban = Iban.Find(by.Iban);
        if (iban is null)
            yield return new IbanInvalid("/beneficiary/iban");
        else if (FaultOf(iban, kind) is { } fault)
            yield return fault;
        if (!Countries.IsKnown(by.Address.Country))
            yield return new CountryUnknown("/beneficiary/country");
    }

    private Result<Payee> ByBank(InterbankPayeeChoice.ByBank by, string? phone) =>
        FindFaults(by, TransferKind.International) is { Count: > 0 } faults
            ? new InvalidInput(faults)
            : new Payee(
                $"{by.FirstName.Trim()} {by.LastName.Trim()}", NumberOf(by), Phone: phone, Address: by.Address, Bank: by.Bank with { Bic = by.Bank.Bic!.ToUpperInvariant() });

    private IEnumerable<Invalid> FaultsOf(InterbankPayeeChoice.ByBank by)
    {
        var iban = Iban.Find(by.Account);
        if (iban is not null && FaultOf(iban, TransferKind.International) is { } fault)
            yield return fault with { Field = "/beneficiary/account" };
        if (iban is null && !NumberShape().IsMatch(NumberOf(by)))
            yield return new AccountNumberMalformed("/beneficiary/account");
        if (!Countries.IsKnown(by.Address.Country))
            yield return new CountryUnknown("/beneficiary/country");
        if (!Countries.IsKnown(by.Bank.Country) || by.Bank.Country == "AL")
            yield return new CountryUnknown("/bank/country");
        if (Bic.Find(by.Bank.Bic?.ToUpperInvariant()) is not { } bic)
            yield return new BicMalformed("/bank/bic");
        else if (by.Bank.Country is { Length: > 0 } country && bic.Country != country)
            yield return new BicOfAnotherCountry("/bank/bic", bic.Country);
    }

    private static string NumberOf(InterbankPayeeChoice.ByBank by) => Iban.Find(by.Account)?.Electronic ?? by.Account.Replace(" ", "", StringComparison.Ordinal);

    private async Task<Result<InterbankPayee>> OfBeneficiaryAsync(
        CustomerId customer, BeneficiaryId id, TransferKind kind, string? phone, CancellationToken cancellation)
    {
        if (await beneficiaries.FindAsync(customer, id, cancellation) is not { } known)
            return new BeneficiaryNotFound();
        var expected = kind == TransferKind.National ? BeneficiaryType.National : BeneficiaryType.International;
        if (known.Type != expected)
            return new BeneficiaryTypeMismatch(known.Type);
        if (Iban.Find(known.Account) is { } iban && directory.Find(iban) is { } bank)
        {
            return new InterbankPayee(
                new Payee(
                    known.Name, iban.Electronic, Phone: phone, Address: known.Address ?? new PayeeAddress(null, null, null, known.Country),
                    Bank: known.Bank ?? new PayeeBank(bank.Name, bank.City, bank.Address, bank.Country, bank.Bic.Code)),
                known.Standing);
        }

        return known.Bank?.Bic is not null
            ? new InterbankPayee(
                new Payee(known.Name, known.Account, Phone: phone, Address: known.Address ?? new PayeeAddress(null, null, null, known.Country), Bank: known.Bank),
                known.Standing)
            : new BankNotFound(kind == TransferKind.International ? "international_transfer_by_bank" : "branch");
    }

    private Invalid? FaultOf(Iban iban, TransferKind kind)
    {
        const string field = "/beneficiary/iban";
        var isAlbanian = iban.Electronic.StartsWith("AL", StringComparison.Ordinal);
        if (isAlbanian && iban.Electronic[4..7] == accounts.Value.BankCode)
            return new IbanOfThisBank(field, TransferKind.Inside.Code());
        return (kind, isAlbanian) switch
        {
            (TransferKind.National, false) => new IbanNotAlbanian(field, TransferKind.International.Code()),
            (TransferKind.International, true) => new IbanAlbanian(field, TransferKind.National.Code()),
            _ => null,
        };
    }

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9/\-]{2,32}[A-Za-z0-9])\z")]
    private static partial Regex NumberShape();
}
