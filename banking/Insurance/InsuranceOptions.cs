namespace Serverless.Banking.Insurance;

/// <summary>Settings section <c>Insurance</c>.</summary>
public sealed class InsuranceOptions
{
    /// <summary>How long an offer can be bought whose insurer does not say (PAY-49).</summary>
    public TimeSpan OfferLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the money is held for an insurer that does not answer.</summary>
    public TimeSpan AnswerDeadline { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long an insurer that did not answer is told that the order is off; then staff are.</summary>
    public TimeSpan CancellationDeadline { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the insurer is asked for the document of a policy that it has issued.</summary>
    public TimeSpan DocumentDeadline { get; set; } = TimeSpan.FromDays(7);
}
