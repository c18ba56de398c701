using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Text;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ModifyPeriodicTransferFunction(ModifyPeriodicTransfer modify, FindPeriodicTransfer find)
{
    [Function("PeriodicTransfers_Modify")]
    [Access(Right.Payment)]
    [Confirmed(PeriodicTransferChange.Operation)]
    [Summary("Changes an active standing transfer; what was executed stays as it is.",
        Details = "A member that is absent stays; null takes it away. An end date takes the place of a number of transfers and the other way round.")]
    [Body<PeriodicTransferChange>]
    [Answers<PeriodicTransferResponse>]
    [Refuses<PeriodicTransferNotFound>, Refuses<PeriodicTransferEnded>, Refuses<StartDateInPast>, Refuses<EndDateBeforeStart>, Refuses<EndDateTooEarly>]
    [Refuses<CountBelowOne>, Refuses<CountAlreadyMade>, Refuses<DurationNotOne>, Refuses<PeriodicDetailsMissing>, Refuses<DescriptionTooLong>]
    [Refuses<DescriptionCharacterNotAllowed>, Refuses<SameAccount>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AmountNotInAccountCurrency>]
    [Refuses<CurrenciesDiffer>, Refuses<PayeeAccountNotUsable>, Refuses<AccountBusy>, Refuses<PeriodicPayeeNotOne>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/transfers/periodic/{id:guid}")] HttpRequest request, Guid id) =>
        request.ReadBody<PeriodicTransferChange>()
            .Then(body => request.CheckDescription(body.Details.IsSet ? body.Details.Value : null, "/details", body))
            .Then(body => find.RunAsync(request.Customer(), new PeriodicTransferId(id), request.HttpContext.RequestAborted)
                .Confirm(request, body.FactsOf).Then(_ => body))
            .Then(body => modify.RunAsync(request.Customer(), new PeriodicTransferId(id), body.Apply, request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(PeriodicTransferResponse.From(it)));
}

public sealed record PeriodicTransferChange(
    Optional<Guid> FromAccountId = default,
    [property: Description("Between own accounts only.")] Optional<Guid> ToAccountId = default,
    Optional<Money> Amount = default,
    [property: MaxLength(200), Description("Letters, digits and spaces, at most 140.")] Optional<string?> Details = default,
    Optional<PeriodicFrequency> Frequency = default,
    Optional<LocalDate> StartDate = default,
    Optional<LocalDate?> EndDate = default,
    [property: Range(-1, 1200)] Optional<int?> Count = default)
{
    internal const string Operation = "periodic_transfer_change";

    /// <summary>What is sent to whom from then on.</summary>
    internal ConfirmationFacts FactsOf(PeriodicTransfer it)
    {
        var terms = Apply(it.Terms);
        return ConfirmationFacts.Of(Operation, terms.Amount, terms.To.Name, terms.To.Account, terms.To.AccountId?.ToString());
    }

    public PeriodicTerms Apply(PeriodicTerms terms)
    {
        var endsOn = EndDate.IsSet ? EndDate.Value : Count is { IsSet: true, Value: not null } ? null : terms.EndsOn;
        var count = Count.IsSet ? Count.Value : EndDate is { IsSet: true, Value: not null } ? null : terms.Count;
        return new PeriodicTerms(
            FromAccountId.IsSet ? new AccountId(FromAccountId.Value) : terms.From,
            ToAccountId.IsSet ? terms.To with { AccountId = new AccountId(ToAccountId.Value) } : terms.To,
            Amount.Or(terms.Amount)!,
            Details.Or(terms.Details),
            Frequency.Or(terms.Frequency),
            StartDate.Or(terms.StartsOn),
            endsOn,
            count);
    }
}
