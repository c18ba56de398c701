namespace Serverless.Banking.Transfers;

/// <summary>What a capability does once a transfer's money has moved: tell the payee, register a beneficiary, tell a fund's manager.</summary>
/// <remarks>
/// Runs after the customer has his answer, and again by the sweeper if it failed or the process was killed: so more than once, and it must be
/// harmless to repeat. What throws is tried again.
/// </remarks>
public interface ITransferFollowUp
{
    Task RunAsync(Transfer settled, bool saveBeneficiary, CancellationToken cancellation);
}
