using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Serverless.Banking.Approvals;

namespace Serverless.Functions.BackOffice;

/// <summary>A change that needs two people.</summary>
/// <param name="Kind">What is changed: <c>account_status</c>, <c>overdraft_limit</c>, <c>minimum_balance</c>, <c>journal_reversal</c>, <c>suspense_resolution</c>, <c>personal_data_erasure</c>.</param>
/// <param name="Before">What was there when it was proposed.</param>
/// <param name="Outcome">What carrying it out gave: the new value, or the id of the transaction that was booked.</param>
/// <param name="Failure">Code of the error that made it impossible.</param>
public sealed record ChangeResponse(
    ChangeId Id, string Kind, string Resource, string? Before, string After, string Reason, ChangeState State, string ProposedBy, Instant ProposedAt,
    string? DecidedBy, Instant? DecidedAt, string? DecisionReason, string? Outcome, string? Failure)
{
    internal static ChangeResponse From(Change change) => new(
        change.Id, change.Kind, change.Resource, change.Before, change.After, change.Reason, change.State, change.ProposedBy, change.ProposedAt,
        change.DecidedBy, change.DecidedAt, change.DecisionReason, change.Outcome, change.Failure);

    internal static IResult Created(Change change) => TypedResults.Created(
        string.Create(CultureInfo.InvariantCulture, $"/api/backoffice/v1/changes/{change.Id.Value}"), From(change));
}
