using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>An invoice of a company, with what this bank knows about its payment.</summary>
/// <param name="Number">Unique per company, case-exact; at most 25 of A-Z a-z 0-9 dot hyphen.</param>
/// <param name="Amount">Without the penalty.</param>
/// <param name="Penalty">Late interest; zero when there is none. In the amount's currency.</param>
public sealed record Invoice(
    ClientAccount Account,
    string Number,
    string SubscriberName,
    Money Amount,
    Money Penalty,
    LocalDate IssuedOn,
    LocalDate? DueOn,
    InvoiceState State)
{
    /// <summary>What is paid: partial payment is not offered (BILL-07).</summary>
    public Money Total => Amount + Penalty;

    /// <summary>The last payment of it that failed, when it is unpaid again; null else.</summary>
    public PaymentFailure? LastFailure { get; init; }

    public override string ToString() => $"{Account.Company} {Number} {State}";
}

/// <param name="Code">The error's code: <c>insufficient_funds</c>, <c>invoice_withdrawn</c>.</param>
public sealed record PaymentFailure(string Code, Instant At);

/// <summary>What an invoice number looks like with every company (docs/partners.md).</summary>
public static class InvoiceNumber
{
    public const int LengthAtMost = 25;

    public const string Pattern = "[A-Za-z0-9.-]{1,25}";

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    public static bool IsValid(string? text) => text is { Length: > 0 and <= LengthAtMost } && !text.AsSpan().ContainsAnyExcept(Allowed);
}
