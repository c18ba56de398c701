using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

/// <param name="Available">Booked balance minus what is held, plus the unused overdraft.</param>
/// <param name="HighestDebit">What one payment may take at most: the available balance less the minimum that a savings account keeps.</param>
/// <param name="IsCardPrimary">The first account that the customer's card pays from.</param>
public sealed record AccountResponse(
    AccountId Id, AccountType Type, string Iban, string Number, string Name, [property: Description("The customer's own words.")] string? Description,
    [property: Description("See the list of logos.")] string LogoId, Currency Currency, AccountStatus Status, bool IsMain, bool IsCardPrimary,
    AmountDto Balance, AmountDto Held, AmountDto OverdraftLimit, AmountDto MinimumBalance, AmountDto Available, AmountDto HighestDebit, AccountMenu Menu)
{
    public static AccountResponse From(Account account) => From(account, isCardPrimary: false);

    public static AccountResponse From(AccountWithCard account) => From(account.Account, account.IsCardPrimary);

    private static AccountResponse From(Account account, bool isCardPrimary) => new(
        account.Id, account.Type, account.Iban.Electronic, account.Number, account.Name, account.Description, account.Logo, account.Currency,
        account.Status, account.IsMain, isCardPrimary, AmountDto.From(account.Balance), AmountDto.From(account.Held),
        AmountDto.From(account.OverdraftLimit), AmountDto.From(account.MinimumBalance), AmountDto.From(account.Available),
        AmountDto.From(account.HighestDebit), AccountMenu.Of(account.Id));
}

[Description("Where an account's parts are, below the bank's address.")]
public sealed record AccountMenu(string Operations, string Details, string Statement, string Settings)
{
    public static AccountMenu Of(AccountId id)
    {
        var account = $"/api/v1/accounts/{id.Value}";
        return new AccountMenu($"{account}/entries", $"{account}/details", $"{account}/statement", $"{account}/settings");
    }
}

[Description("An account's details.")]
public sealed record AccountDetailsResponse(
    AccountId Id, [property: Description("Name and surname; null when the bank knows none.")] string? Holder, LocalDate OpenedOn, string Iban,
    [property: Description("The full number.")] string Number, AccountType Type, Currency Currency,
    [property: Description("What is reserved by holds.")] AmountDto Blocked);
