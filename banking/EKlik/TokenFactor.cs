using Serverless.Banking.Confirmations;

namespace Serverless.Banking.EKlik;

/// <summary>Users of eKlik confirm by a one-time password of their token: <c>otp.{six digits}</c> (EKL-05, AUTH-29).</summary>
/// <remarks>An mToken computes it for what is confirmed, so that it is good for nothing else; a hardware token cannot, and its code is used up by its step.</remarks>
internal sealed class TokenFactor(EKlikTable table, TokenOtps otps) : IConfirmationFactor
{
    private const string Prefix = "otp.";

    public string Method => "token";

    public bool Serves(ConfirmationAttempt attempt) => attempt.User is not null;

    public bool Reads(string confirmation) =>
        confirmation.Length == Prefix.Length + TokenOtps.Digits && confirmation.StartsWith(Prefix, StringComparison.Ordinal) && confirmation[Prefix.Length..].All(char.IsAsciiDigit);

    public async Task<Result<Nothing>> CheckAsync(ConfirmationAttempt attempt, string confirmation, string binding, ConfirmationDemand demand, CancellationToken cancellation)
    {
        var taken = await table.DecideAsync(attempt.User!.Value, (row, now) => otps.Take(row, confirmation[Prefix.Length..], binding, now), cancellation);
        return taken.Then<Nothing>(_ => default(Nothing));
    }
}
