using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>What the payee is told about who paid.</summary>
/// <param name="Name">Null while nobody has registered it.</param>
/// <param name="Account">The IBAN, electronic form.</param>
public sealed record PayerDetails(string? Name, string Account)
{
    public Party ToParty() => new(Name, Account);
}

/// <summary>Who gets the money, as it was when the transfer was ordered.</summary>
/// <param name="Name">As the customer gave or was shown it; at most 140 characters.</param>
/// <param name="Account">An IBAN (electronic form) or, abroad, a number; what the customer may see of it.</param>
/// <param name="AccountId">Within the bank: the account to credit.</param>
/// <param name="Customer">Within the bank: whose it is.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Address">Abroad.</param>
/// <param name="Bank">Outside the bank.</param>
/// <param name="Fund">Of a pension contribution.</param>
public sealed record Payee(
    string Name,
    string Account,
    AccountId? AccountId = null,
    CustomerId? Customer = null,
    string? Phone = null,
    PayeeAddress? Address = null,
    PayeeBank? Bank = null,
    string? Fund = null)
{
    public Party ToParty() => new(Name, Account);
}

/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record PayeeAddress(string? Street, string? City, string? PostalCode, string? Country);

/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record PayeeBank(string? Name, string? City, string? Address, string? Country, string? Bic);
