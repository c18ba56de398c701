using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

[Description("An application as the cards desk sees it.")]
public sealed record DeskApplicationResponse(
    string CustomerNumber,
    [property: Description("What the score was computed from; null before.")] AssessmentResponse? Assessment,
    [property: Description("The last proposal of a decision; look at the change for what came of it.")] Guid? ProposalId,
    [property: Description("Whose decision counts; null before.")] string? DecidedBy,
    string? Reason,
    ApplicationResponse Application)
{
    public static DeskApplicationResponse From(ProductApplication it) => new(
        it.Customer.Value,
        it.Assessment is { } known
            ? new AssessmentResponse(known.Score, known.Verdict, known.Income, known.Instalments, known.DaysPastDue, known.Remarks, known.At)
            : null,
        it.Proposal, it.Decision?.By, it.Decision?.Reason, ApplicationResponse.From(it));
}

public sealed record AssessmentResponse(
    [property: Description("0 to 1000; null when there was nothing to compute it from.")] int? Score,
    Verdict Verdict,
    [property: Description("A month's, net.")] Money? Income,
    [property: Description("A month's, of what is owed elsewhere.")] Money? Instalments,
    int DaysPastDue,
    [property: Example("[\"job_differs\"]")] IReadOnlyList<string> Remarks,
    Instant At);
