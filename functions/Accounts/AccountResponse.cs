using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

/// <param name="Available">What a payment may take: balance minus held.</param>
public sealed record AccountResponse(
    AccountId Id, string Iban, string Number, string Name, Currency Currency, AccountStatus Status, bool IsMain,
    AmountDto Balance, AmountDto Held, AmountDto Available)
{
    public static AccountResponse From(Account account) => new(
        account.Id, account.Iban.Electronic, account.Number, account.Name, account.Currency, account.Status, account.IsMain,
        AmountDto.From(account.Balance), AmountDto.From(account.Held), AmountDto.From(account.Available));
}
