using Serverless.Banking.Credentials;

namespace Serverless.Banking.Confirmations;

/// <summary>A code by SMS with amount and payee in its text: <c>{confirmation's id}.{six digits}</c>.</summary>
internal sealed class OneTimeCodeFactor(CheckOneTimeCode check) : IConfirmationFactor
{
    private const int CodeDigits = 6;

    public string Method => "code";

    /// <summary>Users of eKlik have a token.</summary>
    public bool Serves(ConfirmationAttempt attempt) => attempt.User is null;

    public bool Reads(string confirmation) => Split(confirmation) is not null;

    public async Task<Result<Nothing>> CheckAsync(
        ConfirmationAttempt attempt, string confirmation, string binding, ConfirmationDemand demand, CancellationToken cancellation)
    {
        var customer = attempt.Customer;
        var (id, code) = Split(confirmation)!.Value;
        var purpose = PurposeOf(demand.Facts);
        return id == OneTimeCodeId.Of(purpose, BindingOf(customer, binding)) ? await check.RunAsync(purpose, BindingOf(customer, binding), code, cancellation) : new ChallengeMismatch();
    }

    public static string BindingOf(CustomerId customer, string binding) => $"{customer.Value}|{binding}";

    public static OneTimeCodePurpose PurposeOf(ConfirmationFacts facts) => facts.Amount is null ? OneTimeCodePurpose.SecurityChange : OneTimeCodePurpose.Payment;

    private static (OneTimeCodeId Id, string Code)? Split(string confirmation) =>
        confirmation.Split('.') is [var id, { Length: CodeDigits } code] && code.All(char.IsAsciiDigit) && OneTimeCodeId.Find(id) is { } found ? (found, code) : null;
}
