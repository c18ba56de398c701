using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Billers;

/// <summary>Why a biller refuses a payment for good.</summary>
internal static class SettlementCodes
{
    public const string AlreadyPaid = "already_paid";
    public const string AmountChanged = "amount_changed";
    public const string Withdrawn = "withdrawn";

    public static string Check(string pointer, string? code, Faults faults)
    {
        if (code is not (AlreadyPaid or AmountChanged or Withdrawn))
        {
            faults.Add(pointer, $"Must be {AlreadyPaid}, {AmountChanged} or {Withdrawn}.");
        }

        return code ?? "";
    }
}
