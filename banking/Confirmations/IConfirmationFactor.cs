namespace Serverless.Banking.Confirmations;

/// <summary>A way to confirm besides the signature of a trusted device. What it takes is of one use and bound to one thing.</summary>
public interface IConfirmationFactor
{
    /// <summary>Names it for clients: <c>code</c>.</summary>
    string Method { get; }

    /// <summary>Whether this customer can confirm so in this session.</summary>
    bool Serves(ConfirmationAttempt attempt);

    /// <summary>By its form alone: the header is one of this factor's.</summary>
    bool Reads(string confirmation);

    /// <param name="binding">Of the challenge and its facts, unique to them.</param>
    /// <returns>Or its own refusals; <see cref="ChallengeMismatch"/> for a confirmation that was made for another binding, which costs no try.</returns>
    Task<Result<Nothing>> CheckAsync(ConfirmationAttempt attempt, string confirmation, string binding, ConfirmationDemand demand, CancellationToken cancellation);
}
