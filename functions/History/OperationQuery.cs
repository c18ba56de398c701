using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.History;

/// <summary>The conditions on one account's history; all that are set must hold.</summary>
public sealed record AccountOperationsQuery(
    [property: MaxLength(100), Description(OperationQueries.SearchMeaning), Example("Kafe Çela")] string? Search = null,
    [property: Description(OperationQueries.FromMeaning)] LocalDate? From = null,
    [property: Description(OperationQueries.ToMeaning)] LocalDate? To = null,
    [property: Pattern(OperationQueries.Amount), Description(OperationQueries.AmountMeaning), Example("10.00")] string? MinAmount = null,
    [property: Pattern(OperationQueries.Amount), Description(OperationQueries.AmountMeaning), Example("500.00")] string? MaxAmount = null,
    OperationKind? Kind = null,
    OperationState? State = null,
    OperationSort Sort = OperationSort.DateNewestFirst)
{
    public Result<OperationFilter> ToFilter(Guid account) => new OperationsQuery(Search, From, To, MinAmount, MaxAmount, Kind, State, Sort)
        .ToFilter().Then(filter => filter with { Accounts = [new AccountId(account)] });
}

/// <summary>The conditions on the history of all accounts; all that are set must hold.</summary>
public sealed record OperationsQuery(
    [property: MaxLength(100), Description(OperationQueries.SearchMeaning), Example("Kafe Çela")] string? Search = null,
    [property: Description(OperationQueries.FromMeaning)] LocalDate? From = null,
    [property: Description(OperationQueries.ToMeaning)] LocalDate? To = null,
    [property: Pattern(OperationQueries.Amount), Description(OperationQueries.AmountMeaning), Example("10.00")] string? MinAmount = null,
    [property: Pattern(OperationQueries.Amount), Description(OperationQueries.AmountMeaning), Example("500.00")] string? MaxAmount = null,
    OperationKind? Kind = null,
    OperationState? State = null,
    OperationSort Sort = OperationSort.DateNewestFirst,
    [property: Description("ISO 4217, three capital letters."), MaxLength(10), Example("ALL")] string? Currency = null,
    [property: Description("Ids of accounts, separated by commas; all of the customer's when absent."), MaxLength(36 * 21), Pattern(OperationQueries.Ids)]
    string? Accounts = null)
{
    public Result<OperationFilter> ToFilter()
    {
        var currency = Currency is null ? null : Banking.Currency.Find(Currency);
        if (Currency is not null && currency is null)
            return new CurrencyUnknown("currency");
        return new OperationFilter
        {
            Accounts = Accounts is null ? [] : [.. Accounts.Split(',').Select(id => new AccountId(Guid.Parse(id)))],
            Text = Search,
            From = From,
            To = To,
            Min = OperationQueries.Number(MinAmount),
            Max = OperationQueries.Number(MaxAmount),
            Kind = Kind,
            State = State,
            Currency = currency,
            Sort = Sort,
        };
    }
}

internal static class OperationQueries
{
    public const string Amount = @"(0|[1-9][0-9]{0,14})(\.[0-9]{1,3})?";

    public const string Ids = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){0,19}";

    public const string SearchMeaning =
        "Found in the description, the counterparty's name or account, the reference, or the amount. Letter case does not count; ë is read as e, ç as c.";

    public const string FromMeaning = "First day, Europe/Tirane. Alone: until today. A period has twelve months at most.";

    public const string ToMeaning = "Last day, Europe/Tirane. Alone: the twelve months up to it.";

    public const string AmountMeaning = "In major units of the operation's own currency, whatever its direction.";

    public static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
