using System.Text.Json.Nodes;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Documents;
using Serverless.Banking.Onboarding;

namespace Serverless.Banking.PersonalData;

/// <summary>Everything that the bank holds about a person, and why it still does.</summary>
/// <param name="Documents">Agreed and kept as they were made; a picture too.</param>
public sealed record PersonalDataExport(CustomerId Customer, Instant ExportedAt, IReadOnlyList<PersonalSection> Sections, IReadOnlyList<PersonalDocument> Documents);

/// <summary>Rows as they are stored, without what only proves something.</summary>
public sealed record PersonalSection(string Name, RetentionGround Ground, IReadOnlyList<JsonObject> Rows);

public sealed record PersonalDocument(string Kind, string Id, DocumentFile File);

/// <summary>One answer with everything held about a customer (right of access, law on the protection of personal data).</summary>
public sealed class ExportPersonalData
{
    private readonly PersonalRowReader rows;
    private readonly OnboardingTable onboarding;
    private readonly StoredDocuments documents;
    private readonly RecordAudit audit;
    private readonly TimeProvider time;

    internal ExportPersonalData(PersonalRowReader rows, OnboardingTable onboarding, StoredDocuments documents, RecordAudit audit, TimeProvider time) =>
        (this.rows, this.onboarding, this.documents, this.audit, this.time) = (rows, onboarding, documents, audit, time);

    /// <param name="actor">Stands in the trail.</param>
    /// <returns>Or <see cref="NothingHeld"/>.</returns>
    public async Task<Result<PersonalDataExport>> RunAsync(CustomerId customer, AuditActor actor, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());

        // First the trace: whoever has looked is known, whatever becomes of the answer.
        await audit.RunAsync(new AuditEvent(actor, "personal_data_exported", $"customer/{customer}") { At = now }, cancellation);
        List<PersonalSection> sections = [];
        foreach (var holding in PersonalHoldings.All)
        {
            List<JsonObject> shown = [];
            await foreach (var row in rows.ReadAsync(holding, customer, cancellation))
                shown.Add(PersonalColumns.Show(row));
            if (shown.Count > 0)
                sections.Add(new PersonalSection(holding.Section, holding.Ground, shown));
        }

        if (await onboarding.FindOfCustomerAsync(customer, cancellation) is { } application)
            sections.Add(new PersonalSection("onboarding", RetentionGround.AntiMoneyLaundering, [PersonalColumns.Show(application.It)]));
        List<PersonalDocument> files = [];
        await foreach (var (kind, id) in documents.ListAsync(customer, cancellation))
        {
            if (await documents.FindAsync(customer, kind, id, cancellation) is { } file)
                files.Add(new PersonalDocument(kind, id, file));
        }

        return sections.Count + files.Count > 0 ? new PersonalDataExport(customer, now, sections, files) : new NothingHeld();
    }
}
