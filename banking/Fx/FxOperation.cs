using System.Text.Json;

namespace Serverless.Banking.Fx;

/// <summary>What a customer does, seen from him. The currency of the amount decides what a rate is for one unit of.</summary>
public enum FxOperation
{
    /// <summary>Foreign currency is bought with ALL; the amount is what is bought.</summary>
    Buy,

    /// <summary>Foreign currency is sold for ALL; the amount is what is sold.</summary>
    Sell,

    /// <summary>One foreign currency is bought with another; the amount is what is bought.</summary>
    Convert,
}

public static class FxOperations
{
    public static string Code(this FxOperation operation) => JsonNamingPolicy.SnakeCaseLower.ConvertName(operation.ToString());

    /// <summary>The amount is what the customer gets.</summary>
    public static bool BuysAmount(this FxOperation operation) => operation is FxOperation.Buy or FxOperation.Convert;
}
