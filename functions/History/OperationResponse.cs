using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.History;

[Description("One line of the history: booked on an account, pending, failed or cancelled.")]
public sealed record OperationResponse(
    string Id,
    [property: Description("The customer's account.")] Guid AccountId,
    [property: Description("Europe/Tirane.")] LocalDate Date,
    [property: Description("When it was booked; of what is not booked, when it was ordered.")] Instant At,
    OperationState State,
    [property: Description("What it is: `cash_deposit`, `bill_payment`, `inside_transfer`, ...")] string Type,
    string Description,
    CounterpartyResponse? Counterparty,
    OperationDirection Direction,
    [property: Description("Never negative; the direction says which way it went.")] AmountDto Amount,
    [property: Description("What it was booked for; empty when there is nothing to say.")] string Reference,
    [property: Description("Business date; null until it is booked.")] LocalDate? BookedOn,
    [property: Description("The account's balance right after it; null until it is booked.")] AmountDto? BalanceAfter,
    [property: Description("Why it failed: an error's code; null unless it failed.")] string? FailureCode)
{
    public static OperationResponse From(Operation operation) => new(
        operation.Id.Value,
        operation.Account.Value,
        operation.At.InZone(BankTime.Tirane).Date,
        operation.At,
        operation.State,
        operation.Kind,
        operation.Description,
        CounterpartyResponse.From(operation.Counterparty),
        operation.Amount.Minor < 0 ? OperationDirection.Outgoing : OperationDirection.Incoming,
        AmountDto.From(operation.Amount.Minor < 0 ? -operation.Amount : operation.Amount),
        operation.Reference,
        operation.BookedOn,
        AmountDto.FromOptional(operation.BalanceAfter),
        operation.FailureCode);
}

public enum OperationDirection
{
    Incoming,
    Outgoing,
}

public sealed record CounterpartyResponse(string? Name, [property: Description("An IBAN or an account number.")] string? Account)
{
    public static CounterpartyResponse? From(Party? party) => party is null ? null : new CounterpartyResponse(party.Name, party.Account);
}
