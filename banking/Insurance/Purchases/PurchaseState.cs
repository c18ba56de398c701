namespace Serverless.Banking.Insurance;

/// <summary>Codes are these names in snake_case.</summary>
public enum PurchaseState
{
    /// <summary>The money is held, and the insurer is told.</summary>
    Ordered,

    /// <summary>The insurer has issued the policy; the premium is being booked.</summary>
    Booking,

    /// <summary>There is a policy, and it is paid. Final.</summary>
    Issued,

    /// <summary>There is no policy and nothing was paid: the insurer does not want to. Final.</summary>
    Refused,

    /// <summary>The insurer did not answer in time: the money is given back, and the insurer told that the order is off.</summary>
    Lapsing,

    /// <summary>There is no policy and nothing was paid: the insurer did not answer in time. Final.</summary>
    Lapsed,
}

/// <summary>docs/workflows.md draws them; a test compares.</summary>
public static class PurchaseStates
{
    public static IReadOnlyDictionary<PurchaseState, IReadOnlyList<PurchaseState>> Next { get; } = new Dictionary<PurchaseState, IReadOnlyList<PurchaseState>>
    {
        [PurchaseState.Ordered] = [PurchaseState.Booking, PurchaseState.Refused, PurchaseState.Lapsing],
        [PurchaseState.Booking] = [PurchaseState.Issued],
        [PurchaseState.Lapsing] = [PurchaseState.Lapsed],
        [PurchaseState.Issued] = [],
        [PurchaseState.Refused] = [],
        [PurchaseState.Lapsed] = [],
    };
}
