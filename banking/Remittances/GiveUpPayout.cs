namespace Serverless.Banking.Remittances;

/// <summary>Hands a remittance to staff whose remitter did not answer within the deadline. Nothing is credited; a late answer still settles it.</summary>
public sealed class GiveUpPayout
{
    private readonly RemittanceTable remittances;

    internal GiveUpPayout(RemittanceTable remittances) => this.remittances = remittances;

    public async Task RunAsync(RemittanceId id, CancellationToken cancellation)
    {
        if (await remittances.FindAsync(id, cancellation) is { } record)
        {
            await remittances.ChangeAsync(
                record, known => known.State == RemittancePayoutState.Pending ? known with { State = RemittancePayoutState.Unresolved } : null, cancellation);
        }
    }
}
