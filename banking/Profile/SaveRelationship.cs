using Serverless.Banking.Audit;

namespace Serverless.Banking.Profile;

/// <summary>Staff say to which branch a customer belongs and who looks after him.</summary>
public sealed class SaveRelationship
{
    private readonly ProfileTable table;
    private readonly ProfilePhotos photos;
    private readonly RecordAudit audit;

    internal SaveRelationship(ProfileTable table, ProfilePhotos photos, RecordAudit audit) => (this.table, this.photos, this.audit) = (table, photos, audit);

    /// <param name="photo">Of the banker, as uploaded; null for none.</param>
    /// <returns>As kept; or as <see cref="ProfilePhotos.KeepAsync"/>.</returns>
    public async Task<Result<Relationship>> RunAsync(
        CustomerId customer, Relationship wanted, byte[]? photo, string photoField, AuditActor actor, CancellationToken cancellation)
    {
        if (photo is not null && wanted.Banker is { } banker)
        {
            var kept = await photos.KeepAsync(customer, photo, photoField, cancellation);
            if (!kept.IsSuccess)
                return kept.Error;
            wanted = wanted with { Banker = banker with { PhotoId = kept.Value } };
        }

        var before = await table.FindRelationshipAsync(customer, cancellation);
        if (before.Banker?.PhotoId is { } old)
            await photos.ForgetLaterAsync(customer, old, cancellation);
        await audit.RunAsync(
            new AuditEvent(actor, "relationship_saved", $"customer/{customer.Value}") { Before = before.Branch, After = wanted.Branch }, cancellation);
        await table.SaveRelationshipAsync(customer, wanted, cancellation);
        return wanted;
    }
}
