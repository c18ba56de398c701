using NodaTime;
using Serverless.Banking.Documents;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Profile;

/// <summary>Keeps pictures: checked by their content, scanned, made 512 by 512, without metadata (PROF-24).</summary>
public sealed class ProfilePhotos
{
    internal const string DocumentKind = "profile_photo";

    /// <summary>A picture that nobody uses may lie this long: longer than any upload takes.</summary>
    private static readonly Duration Grace = Duration.FromMinutes(10);

    private readonly ProfileTable table;
    private readonly StoredDocuments files;
    private readonly ScannerClient scanner;
    private readonly TimeProvider time;

    internal ProfilePhotos(ProfileTable table, StoredDocuments files, ScannerClient scanner, TimeProvider time) =>
        (this.table, this.files, this.scanner, this.time) = (table, files, scanner, time);

    /// <returns>The picture's id. Or, first match: <see cref="ImageTooLarge"/>, <see cref="ImageType"/>, <see cref="ImageDimensions"/>,
    /// <see cref="ScannerUnavailable"/>, <see cref="ImageMalicious"/>.</returns>
    /// <remarks>The reminder to remove it comes first: whoever is killed before the picture is somebody's leaves nothing for ever.</remarks>
    public async Task<Result<string>> KeepAsync(CustomerId customer, byte[] upload, string field, CancellationToken cancellation)
    {
        var normal = PhotoImage.Normalise(upload, field);
        if (!normal.IsSuccess)
            return normal.Error;
        var scanned = await scanner.IsCleanAsync(upload, cancellation);
        if (!scanned.IsSuccess)
            return scanned.Error;
        if (!scanned.Value)
            return new ImageMalicious();
        var id = StoredDocuments.HashOf(normal.Value.Content);
        await ForgetLaterAsync(customer, id, cancellation);
        await files.SaveAsync(customer, DocumentKind, id, normal.Value, cancellation);
        return id;
    }

    /// <summary>Removed in some minutes, unless it is somebody's then.</summary>
    public Task ForgetLaterAsync(CustomerId customer, string photo, CancellationToken cancellation) =>
        table.RemindAsync(customer, SettleProfile.PhotoPrefix + photo, Instant.FromDateTimeOffset(time.GetUtcNow()) + Grace, cancellation);
}

/// <summary>The picture behind a link, as long as it is its owner's.</summary>
internal sealed class ProfilePhotoDocuments(ProfileTable table, StoredDocuments files) : IDocumentRenderer
{
    public string Kind => ProfilePhotos.DocumentKind;

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation)
    {
        var isCurrent = (await table.FindAsync(document.Owner, cancellation)).PhotoId == document.Id
            || (await table.FindRelationshipAsync(document.Owner, cancellation)).Banker?.PhotoId == document.Id;
        return isCurrent && await files.FindAsync(document.Owner, Kind, document.Id, cancellation) is { } file ? file : new DocumentNotFound();
    }
}
