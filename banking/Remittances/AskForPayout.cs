namespace Serverless.Banking.Remittances;

/// <summary>Goes on with a remittance that was begun: asks the remitter again, credits what it has confirmed.</summary>
public sealed class AskForPayout
{
    private readonly RemittanceTable remittances;
    private readonly RemittanceCourse course;

    internal AskForPayout(RemittanceTable remittances, RemittanceCourse course) => (this.remittances, this.course) = (remittances, course);

    /// <returns>The state; null when no such remittance was begun.</returns>
    public async Task<RemittancePayoutState?> RunAsync(RemittanceId id, CancellationToken cancellation)
    {
        if (await remittances.FindAsync(id, cancellation) is not { } record)
        {
            // A process was killed between the index row and the record: the customer was told nothing.
            await remittances.CloseAsync(id, cancellation);
            return null;
        }

        return (await course.ContinueAsync(record, cancellation)).Remittance.State;
    }
}
