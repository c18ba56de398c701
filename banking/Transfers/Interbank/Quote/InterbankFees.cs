using Microsoft.Extensions.Options;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>
/// What a transfer to another bank costs (settings <c>Transfers:Fees</c>): the kind's own rule; and when the sender bears everything, the rule
/// <c>national-our</c> or <c>international-our</c> on top, for what the banks on the way ask.
/// </summary>
internal sealed class InterbankFees(TransferFees fees, IOptions<TransfersOptions> options)
{
    /// <param name="debit">What the account pays without the fee.</param>
    public Money Of(TransferKind kind, FeeBearer bearer, Money debit)
    {
        var own = fees.Of(kind, debit);
        return bearer == FeeBearer.Sender && options.Value.Fees.TryGetValue($"{kind.Short()}-our", out var more) ? own + TransferFees.Of(more, debit) : own;
    }
}
