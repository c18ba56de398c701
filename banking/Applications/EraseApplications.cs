using NodaTime;
using Serverless.Banking.Identification;

namespace Serverless.Banking.Applications;

/// <summary>Erases what was entered for applications that came to nothing, once nobody may keep it any longer: form, assessment, identification with its pictures.</summary>
/// <remarks>What was decided, and by whom, stays in the audit trail, which has no personal data. Run by a timer; a missed day is made up for.</remarks>
public sealed class EraseApplications
{
    private readonly ApplicationTable table;
    private readonly EraseIdentification identifications;
    private readonly TimeProvider time;

    internal EraseApplications(ApplicationTable table, EraseIdentification identifications, TimeProvider time) =>
        (this.table, this.identifications, this.time) = (table, identifications, time);

    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var (row, id) in table.ErasuresAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation))
        {
            for (var attempt = 1; attempt <= CardTries.AtMost; attempt++)
                await identifications.RunAsync(StartIdentification.IdOf(CardIdentifications.Kind, id.ToString("N"), attempt), "Applications_Erase", cancellation);
            await table.EraseAsync(id, row, cancellation);
            erased++;
        }

        return erased;
    }
}
