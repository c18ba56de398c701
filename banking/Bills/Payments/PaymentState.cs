namespace Serverless.Banking.Bills;

/// <summary>How far a payment has come. It only ever moves down this list, and never leaves paid or failed.</summary>
public enum PaymentState
{
    /// <summary>Accepted; the bank is at it. Seconds, unless the process was killed: then until the sweeper comes.</summary>
    Processing,

    /// <summary>The account is debited and the company has not confirmed yet; it is asked again.</summary>
    Pending,

    /// <summary>The account is debited and the company did not answer within the deadline: staff find out.</summary>
    Unresolved,

    /// <summary>The company has confirmed. Final.</summary>
    Paid,

    /// <summary>No money was taken, or it was given back; the invoice is free again. Final.</summary>
    Failed,
}

internal static class PaymentStates
{
    public static bool IsFinal(this PaymentState state) => state is PaymentState.Paid or PaymentState.Failed;

    /// <summary>Late news never takes a payment back.</summary>
    public static bool CanBecome(this PaymentState from, PaymentState to) => !from.IsFinal() && to > from;
}
