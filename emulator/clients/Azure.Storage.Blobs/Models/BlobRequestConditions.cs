namespace Azure.Storage.Blobs.Models;

/// <summary>When an operation may happen; refused with 412 <see cref="BlobErrorCode.ConditionNotMet"/>.</summary>
/// <remarks>An ETag that is default sends no header: never pass one that was not read.</remarks>
public class BlobRequestConditions : BlobLeaseRequestConditions
{
    /// <summary>The lease that guards the blob; needed for every write of a leased one.</summary>
    public string? LeaseId { get; set; }
}
