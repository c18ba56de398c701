namespace Serverless.Banking.Profile;

/// <summary>The customer's picture: a photo, an avatar, or none; and who may see it (PROF-01, PROF-02, PROF-03).</summary>
public sealed class ChoosePhoto
{
    private readonly ProfileTable table;
    private readonly ProfilePhotos photos;

    internal ChoosePhoto(ProfileTable table, ProfilePhotos photos) => (this.table, this.photos) = (table, photos);

    /// <returns>The profile; or as <see cref="ProfilePhotos.KeepAsync"/>.</returns>
    public async Task<Result<CustomerProfile>> UploadAsync(CustomerId customer, byte[] upload, string field, PhotoOrigin origin, CancellationToken cancellation)
    {
        var kept = await photos.KeepAsync(customer, upload, field, cancellation);
        return kept.IsSuccess ? await SetAsync(customer, kept.Value, origin, null, cancellation) : kept.Error;
    }

    /// <returns>The profile; or <see cref="AvatarNotFound"/>.</returns>
    public async Task<Result<CustomerProfile>> TakeAvatarAsync(CustomerId customer, string avatar, CancellationToken cancellation) =>
        Avatars.Find(avatar) is null ? new AvatarNotFound() : await SetAsync(customer, null, null, avatar, cancellation);

    public Task<CustomerProfile> RemoveAsync(CustomerId customer, CancellationToken cancellation) => SetAsync(customer, null, null, null, cancellation);

    public Task ShowAsync(CustomerId customer, bool shows, CancellationToken cancellation) => table.SetShowsPhotoAsync(customer, shows, cancellation);

    private async Task<CustomerProfile> SetAsync(CustomerId customer, string? photo, PhotoOrigin? origin, string? avatar, CancellationToken cancellation)
    {
        var before = await table.FindAsync(customer, cancellation);
        if (before.PhotoId is { } old && old != photo)
            await photos.ForgetLaterAsync(customer, old, cancellation);
        await table.SetPhotoAsync(customer, photo, origin, avatar, cancellation);
        return before with { PhotoId = photo, Origin = origin, AvatarId = avatar };
    }
}
